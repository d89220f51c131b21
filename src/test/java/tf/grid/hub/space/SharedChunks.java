package tf.grid.hub.space;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkScan;
import tf.grid.hub.store.MemoryStore;

/** A store that several hubs reach, and that knows no times, as Redis. */
final class SharedChunks extends MemoryStore implements ChunkScan {
  private final Runnable pause;

  /**
   * Creates a store.
   *
   * @param pause happens after flists were read, and after chunks were claimed
   */
  SharedChunks(Runnable pause) {
    this.pause = pause;
  }

  @Override
  public void scan(Consumer<Entry> visitor) {
    pause.run();
    chunks.forEach((id, bytes) -> visitor.accept(new Entry(id, bytes.length, Instant.EPOCH)));
  }

  @Override
  public boolean knowsTimes() {
    return false;
  }

  @Override
  public void delete(Collection<ChunkId> ids) {
    pause.run();
    ids.forEach(chunks::remove);
  }
}
