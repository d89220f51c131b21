package tf.grid.hub.progress;

/** Told by long work how far it is. Called by several threads at once, so it must be quick. */
public interface Progress {

  /** For work that nobody watches. */
  Progress NONE = new Progress() {};

  /** So many bytes will come in, all in all; not positive when nobody knows. */
  default void expect(long total) {}

  /** So many more bytes came in. */
  default void received(long bytes) {}

  /** One more file is complete. */
  default void fileDone() {}

  /** So many chunks were new to the store, and so many were known to it. */
  default void chunks(int fresh, int known) {}
}
