package tf.grid.hub.wiring.property;

/** Something that must not be seen in logs, messages or dumps of records. Immutable. */
public final class Secret {

  private final String value;

  Secret(String value) {
    this.value = value;
  }

  /** The secret itself, for the one adapter that needs it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "**redacted**";
  }
}
