package tf.grid.hub.progress;

/**
 * Receives the progress of long work. Called by several threads concurrently; implementations must
 * be fast.
 */
public interface Progress {

  /** Ignores all progress. */
  Progress NONE = new Progress() {};

  /** The total number of bytes to receive; zero or negative if unknown. */
  default void expect(long total) {}

  /** Bytes from outside are waited for until the next call of {@link #received}. */
  default void awaits() {}

  /** Reports bytes that were received since the last call. */
  default void received(long bytes) {}

  /** All of it is done once more, from the beginning. */
  default void restarts() {}

  /** A file is complete. */
  default void fileDone() {}

  /** Chunks were stored (fresh) or already known to the store. */
  default void chunks(int fresh, int known) {}
}
