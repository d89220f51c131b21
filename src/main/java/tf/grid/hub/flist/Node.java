package tf.grid.hub.flist;

/**
 * An entry of a directory. Times are Unix seconds, 0…2³²−1. Immutable, except for the blocks of a
 * {@link FileNode} that is being built.
 */
public sealed interface Node permits DirectoryNode, FileNode, LinkNode, SpecialNode {

  /** The name in its directory; empty for the root. */
  Name name();

  Permissions permissions();

  /** Time of the last change of the content. */
  long modified();

  /** Creation time. */
  long created();

  /**
   * The size in a flist: bytes of a file, bytes of a link's target, {@value DirectoryNode#SIZE} for
   * a directory, 0 for special files.
   */
  long size();
}
