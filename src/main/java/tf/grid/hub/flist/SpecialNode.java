package tf.grid.hub.flist;

/**
 * A device, a FIFO or a socket.
 *
 * @param name its name
 * @param permissions owner, group and mode
 * @param modified Unix seconds
 * @param created Unix seconds
 * @param type what it is
 * @param data {@code major,minor} in decimal for devices, {@code (nothing)} for the others
 */
public record SpecialNode(
    Name name, Permissions permissions, long modified, long created, Type type, String data)
    implements Node {

  /** Data of a special file that has none. */
  public static final String NOTHING = "(nothing)";

  /** In the order of the format's enumeration. */
  public enum Type {
    /** A Unix domain socket. */
    SOCKET,
    /** A block device. */
    BLOCK,
    /** A character device. */
    CHARACTER,
    /** A named pipe. */
    FIFO,
    /** Anything that a writer did not know. */
    UNKNOWN
  }

  @Override
  public long size() {
    return 0;
  }
}
