package tf.grid.hub.catalogue;

/** What is at a place in the users directory. Times are Unix seconds. */
public sealed interface StoredItem {

  /** The item's own time of change. */
  long modified();

  /** The item's own size in bytes. */
  long size();

  /**
   * A flist.
   *
   * @param size bytes
   */
  record File(long modified, long size) implements StoredItem {}

  /**
   * A symbolic link, wherever it leads.
   *
   * @param size length of its text in bytes
   * @param target its text
   */
  record Link(long modified, long size, String target) implements StoredItem {}

  /**
   * A directory, which is a tag if its name says so.
   *
   * @param size bytes, as the file system gives them
   */
  record Directory(long modified, long size) implements StoredItem {}
}
