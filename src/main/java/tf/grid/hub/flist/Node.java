package tf.grid.hub.flist;

/**
 * An entry of a directory. Times are Unix seconds, 0…2³²−1. Immutable, but for the blocks of a
 * {@link FileNode} that is still being built.
 */
public sealed interface Node permits DirectoryNode, FileNode, LinkNode, SpecialNode {

  /** The name within its directory; the root's is empty. */
  Name name();

  /** Owner, group and mode. */
  Permissions permissions();

  /** When the content was changed. */
  long modified();

  /** When the entry was made. */
  long created();

  /**
   * The size as flists give it: bytes of a file, length of a link's target in bytes, {@value
   * DirectoryNode#SIZE} for a directory, 0 for special files.
   */
  long size();
}
