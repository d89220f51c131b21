package tf.grid.hub.flist;

/**
 * How large a flist may be that others made.
 *
 * @param expandedBytes bytes of the whole archive after decompression
 * @param databaseBytes bytes of the database in it
 * @param rows rows of its tables, each
 * @param valueBytes bytes of one value, which is what is held in memory at a time
 * @param entries entries of all directories together
 * @param depth directories in one another
 * @param pathBytes length of a path
 * @param metadataBytes bytes of all metadata, keys and values
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

  /** Room for ten million entries, a few hundred thousand of them in one directory. */
  public static final FlistLimits DEFAULT =
      new FlistLimits(
          4096L * MIB, 4095L * MIB, 5_000_000, 128 * MIB, 10_000_000, 1024, 8192, 4 * MIB);
}
