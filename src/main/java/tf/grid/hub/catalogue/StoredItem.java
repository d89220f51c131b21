package tf.grid.hub.catalogue;

import java.nio.file.Path;
import java.util.Optional;

/** An item in the users directory. Times are Unix seconds. */
public sealed interface StoredItem {

  /** The modification time of the item itself. */
  long modified();

  /** The size of the item itself in bytes. */
  long size();

  /**
   * A flist.
   *
   * @param size in bytes
   */
  record File(long modified, long size) implements StoredItem {}

  /**
   * A symbolic link, wherever it leads.
   *
   * @param size length of its text in bytes
   * @param target its text; relative if it leads to a place in the users directory
   * @param outside the flist that it leads to, if that is in no repository
   */
  record Link(long modified, long size, String target, Optional<Outside> outside)
      implements StoredItem {

    /** A link into a repository, or a dangling one. */
    public Link(long modified, long size, String target) {
      this(modified, size, target, Optional.empty());
    }

    /** The same link with its end in no repository. */
    public Link leadingTo(Outside end) {
      return new Link(modified, size, target, Optional.of(end));
    }
  }

  /**
   * A flist in no repository, to which only links lead.
   *
   * @param path where it is, without links on the way
   * @param size bytes
   */
  record Outside(Path path, long modified, long size) implements StoredItem {}

  /**
   * A directory, which is a tag if its name says so.
   *
   * @param size in bytes, as reported by the file system
   */
  record Directory(long modified, long size) implements StoredItem {}
}
