package tf.grid.hub.flist;

/**
 * Totals of a flist.
 *
 * @param regular number of regular files
 * @param symlink number of symbolic links
 * @param directory number of directories, without the root
 * @param special number of devices, FIFOs and sockets
 * @param fullsize bytes of all regular files
 */
public record Counts(long regular, long symlink, long directory, long special, long fullsize) {}
