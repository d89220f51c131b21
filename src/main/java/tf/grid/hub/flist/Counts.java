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
public record Counts(long regular, long symlink, long directory, long special, long fullsize) {}
