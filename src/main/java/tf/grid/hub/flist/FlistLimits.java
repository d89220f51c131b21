package tf.grid.hub.flist;

/**
 * Limits for reading flists of other tools.
 *
 * @param expandedBytes bytes of the decompressed archive
 * @param databaseBytes bytes of the database
 * @param rows rows per table
 * @param valueBytes bytes of one value, which must fit into memory
 * @param entries entries of all directories
 * @param depth nesting of directories
 * @param pathBytes length of a path
 * @param metadataBytes bytes of all metadata keys and values
 */
public record FlistLimits(
    long expandedBytes,
    long databaseBytes,
    long rows,
    int valueBytes,
    long entries,
    int depth,
    int pathBytes,
    int metadataBytes) {

  private static final int MIB = 1 << 20;

  /** Enough for ten million entries, with a few hundred thousand in one directory. */
  public static final FlistLimits DEFAULT =
      new FlistLimits(
          4096L * MIB, 4095L * MIB, 5_000_000, 128 * MIB, 10_000_000, 1024, 8192, 4 * MIB);
}
