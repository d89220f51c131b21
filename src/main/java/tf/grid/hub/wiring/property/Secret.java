package tf.grid.hub.wiring.property;

/** A value that must not appear in logs, messages or {@code toString} of records. Immutable. */
public final class Secret {

  private final String value;

  Secret(String value) {
    this.value = value;
  }

  /** The secret itself, for the adapter that needs it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "**redacted**";
  }
}
