package tf.grid.hub.flist;

import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;

/**
 * Totals of a flist.
 *
 * @param regular number of regular files
 * @param symlink number of symbolic links
 * @param directory number of directories, without the root
 * @param special number of devices, FIFOs and sockets
 * @param fullsize bytes of all regular files
 */
public record Counts(long regular, long symlink, long directory, long special, long fullsize) {

  /** Counts entries one by one. Not thread-safe. */
  public static final class Counter {
    private long regular;
    private long symlink;
    private long directory;
    private long special;
    private long fullsize;

    /** Counts an entry, which must not be the root. */
    public void add(Node node) {
      if (node instanceof FileNode) {
        regular++;
        fullsize += node.size();
      } else if (node instanceof LinkNode) {
        symlink++;
      } else if (node instanceof DirectoryNode) {
        directory++;
      } else {
        special++;
      }
    }

    public Counts counts() {
      return new Counts(regular, symlink, directory, special, fullsize);
    }
  }
}
