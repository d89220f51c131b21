package tf.grid.hub.flist;

/**
 * What a walk through a flist finds.
 *
 * @param regular regular files
 * @param symlink symbolic links
 * @param directory directories, the root not counted
 * @param special devices, FIFOs and sockets
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

    /** The counts so far. */
    public Counts counts() {
      return new Counts(regular, symlink, directory, special, fullsize);
    }
  }
}
