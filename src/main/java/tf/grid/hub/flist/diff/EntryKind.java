package tf.grid.hub.flist.diff;

import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;

/** The kind of an entry. */
public enum EntryKind {
  DIRECTORY,
  FILE,
  LINK,
  SOCKET,
  BLOCK,
  CHARACTER,
  FIFO,
  /** A special file of unknown kind. */
  UNKNOWN;

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
