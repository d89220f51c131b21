package tf.grid.hub.client.remote;

import java.util.concurrent.atomic.AtomicLong;
import tf.grid.hub.store.ChunkStore;

/**
 * The chunks of a hub, and how many were sent to it. Methods throw {@link
 * java.io.UncheckedIOException} if a request fails. Thread-safe.
 */
public abstract class RemoteStore implements ChunkStore {
  private final AtomicLong sentChunks = new AtomicLong();
  private final AtomicLong sentBytes = new AtomicLong();

  /** Number of chunks that were sent. */
  public long sentChunks() {
    return sentChunks.get();
  }

  /** Number of bytes of chunks that were sent. */
  public long sentBytes() {
    return sentBytes.get();
  }

  final void sent(int chunks, long bytes) {
    sentChunks.addAndGet(chunks);
    sentBytes.addAndGet(bytes);
  }
}
