package tf.grid.hub.flist.diff;

import tf.grid.hub.flist.DirectoryNode;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.LinkNode;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.SpecialNode;

/** What an entry is. */
public enum EntryKind {
  /** A directory. */
  DIRECTORY,
  /** A regular file. */
  FILE,
  /** A symbolic link. */
  LINK,
  /** A Unix domain socket. */
  SOCKET,
  /** A block device. */
  BLOCK,
  /** A character device. */
  CHARACTER,
  /** A named pipe. */
  FIFO,
  /** A special file that its writer did not know. */
  UNKNOWN;

  /** What this one is. */
  public static EntryKind of(Node node) {
    if (node instanceof DirectoryNode) {
      return DIRECTORY;
    } else if (node instanceof FileNode) {
      return FILE;
    } else if (node instanceof LinkNode) {
      return LINK;
    }
    return switch (((SpecialNode) node).type()) {
      case SOCKET -> SOCKET;
      case BLOCK -> BLOCK;
      case CHARACTER -> CHARACTER;
      case FIFO -> FIFO;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
