package tf.grid.hub.flist;

/**
 * A directory, without its entries.
 *
 * @param name its name; empty for the root
 * @param permissions owner, group and mode
 * @param modified Unix seconds
 * @param created Unix seconds
 */
public record DirectoryNode(Name name, Permissions permissions, long modified, long created)
    implements Node {

  /** The size of every directory in a flist. */
  public static final long SIZE = 4096;

  /** The root of every flist, independent of the archive. */
  public static final DirectoryNode ROOT =
      new DirectoryNode(Name.EMPTY, Permissions.ROOT_DIRECTORY, 0, 0);

  @Override
  public long size() {
    return SIZE;
  }
}
