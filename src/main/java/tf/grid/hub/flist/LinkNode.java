package tf.grid.hub.flist;

/**
 * A symbolic link.
 *
 * @param name its name
 * @param permissions owner, group and mode (0777)
 * @param modified Unix seconds
 * @param created Unix seconds
 * @param target the target as written; arbitrary bytes
 */
public record LinkNode(Name name, Permissions permissions, long modified, long created, Name target)
    implements Node {

  @Override
  public long size() {
    return target.length();
  }
}
