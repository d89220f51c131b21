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

  /** What a special file is, with the number that flists give it. */
  public enum Type {
    /** A Unix domain socket. */
    SOCKET(0),
    /** A block device. */
    BLOCK(1),
    /** A character device. */
    CHARACTER(2),
    /** A named pipe. */
    FIFO(3),
    /** Anything that a writer did not know. */
    UNKNOWN(4);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    public static Type of(int number) {
      return number < UNKNOWN.number ? values()[number] : UNKNOWN;
    }
  }

  @Override
  public long size() {
    return 0;
  }
}
