package tf.grid.hub.flist;

/**
 * A device, a FIFO or a socket.
 *
 * @param name its name
 * @param permissions owner, group and mode
 * @param modified Unix seconds
 * @param created Unix seconds
 * @param type kind of special file
 * @param data {@code major,minor} in decimal for devices, otherwise {@code (nothing)}
 */
public record SpecialNode(
    Name name, Permissions permissions, long modified, long created, Type type, String data)
    implements Node {

  /** Data of special files other than devices. */
  public static final String NOTHING = "(nothing)";

  /** Kinds of special files, with their numbers in the format. */
  public enum Type {
    SOCKET(0),
    BLOCK(1),
    CHARACTER(2),
    FIFO(3),
    /** Written by other tools for unknown kinds. */
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
