package tf.grid.hub.flist;

/** Counts the entries of a flist. Not thread-safe. */
public final class Tally {
  private long regular;
  private long symlink;
  private long directory;
  private long special;
  private long fullsize;

  /** Counts one entry. Callers leave the root out. */
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
