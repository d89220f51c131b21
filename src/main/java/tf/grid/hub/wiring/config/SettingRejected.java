package tf.grid.hub.wiring.config;

/** A property has a value that it cannot have; the message is one line for the operator. */
final class SettingRejected extends RuntimeException {
  private static final long serialVersionUID = 1;

  private SettingRejected(String line) {
    super(line);
  }

  /** Names the property, the value and what is allowed instead. */
  static SettingRejected of(String property, Object value, String allowed) {
    return new SettingRejected(property + " is '" + printable(value) + "', but must be " + allowed);
  }

  private static String printable(Object value) {
    return value.toString().replaceAll("\\p{Cntrl}", "?");
  }
}
