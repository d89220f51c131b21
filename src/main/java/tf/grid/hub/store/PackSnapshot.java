package tf.grid.hub.store;

import java.nio.file.Path;

/** Copies a store while it is in use. Not every store supports it. Thread-safe. */
public interface PackSnapshot {

  /**
   * Puts files with all chunks that are confirmed now into a directory. They do not change any
   * more, and are hard links where the file system allows it.
   *
   * @param directory must exist, and be empty
   * @return the number of files
   * @throws StoreException if that is not possible
   */
  int copyTo(Path directory);
}
