package tf.grid.hub.wiring.property;

/** A property has an invalid value. The message is one line for the operator. */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private SettingException(String line) {
    super(line);
  }

  /** Names the property, its value and the allowed values. */
  public static SettingException of(String property, Object value, String allowed) {
    return new SettingException(
        property + " is '" + printable(value) + "', but must be " + allowed);
  }

  private static String printable(Object value) {
    return value.toString().replaceAll("\\p{Cntrl}", "?");
  }
}
