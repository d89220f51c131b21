package tf.grid.hub.mirror.copy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.mirror.source.RemoteChunks;
import tf.grid.hub.mirror.source.SourceException.SourceDamagedException;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoredChunk;

/**
 * Fetches the chunks of flists that the store does not have, several at a time. What is stored
 * stays stored, so a copy that was interrupted continues where it was. Thread-safe.
 */
public final class ChunkFetch {
  private static final int BATCH = 4096;

  private final ChunkStore store;
  private final ExecutorService threads;
  private final CopyCounters counters;

  /**
   * Fetches into a store.
   *
   * @param threads their number bounds how many chunks are in memory
   */
  public ChunkFetch(ChunkStore store, ExecutorService threads, CopyCounters counters) {
    this.store = store;
    this.threads = threads;
    this.counters = counters;
  }

  /**
   * Fetches what is missing of a flist.
   *
   * @throws SourceDamagedException if a chunk cannot be had
   * @throws tf.grid.hub.mirror.source.SourceException.SourceUnreachableException if the source does
   *     not answer
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  void fetch(FlistReader flist, RemoteChunks remote) throws IOException {
    Set<ChunkId> batch = new LinkedHashSet<>();
    flist.directories(
        listing -> {
          for (var node : listing.contents()) {
            if (node instanceof FileNode file) {
              for (Block block : file.blocks()) {
                if (batch.add(block.id()) && batch.size() == BATCH) {
                  fetch(store.missing(batch), remote);
                  batch.clear();
                }
              }
            }
          }
        });
    fetch(store.missing(batch), remote);
  }

  private void fetch(Collection<ChunkId> missing, RemoteChunks remote) throws IOException {
    AtomicBoolean failed = new AtomicBoolean();
    List<Callable<Void>> tasks = new ArrayList<>(missing.size());
    for (ChunkId id : missing) {
      tasks.add(() -> fetch(id, remote, failed));
    }
    try {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw again(e.getCause());
    }
  }

  /** After a failure, the tasks that have not begun end at once. */
  private Void fetch(ChunkId id, RemoteChunks remote, AtomicBoolean failed) throws IOException {
    if (failed.get()) {
      return null;
    }
    boolean stored = false;
    try {
      byte[] bytes =
          remote
              .get(id)
              .orElseThrow(
                  () ->
                      new SourceDamagedException(
                          "chunk "
                              + id
                              + " is missing or damaged at the source"
                              + remote.backendFailure().map(why -> "; " + why).orElse(""),
                          null));
      store.put(List.of(new StoredChunk(id, ByteBuffer.wrap(bytes))));
      counters.chunk(bytes.length);
      stored = true;
      return null;
    } finally {
      if (!stored) {
        failed.set(true);
      }
    }
  }

  static IOException again(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException known ? known : new IOException(cause);
  }
}
