package tf.grid.hub.exchange;

/** A request about chunks that cannot be granted; the message is for the client. */
public final class ChunkRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of refusal it is. */
  enum Reason {
    /** The request is not as it should be. */
    MALFORMED,
    /** The store does not have the chunk. */
    ABSENT,
    /** Too many requests hold chunks in memory; another try later may succeed. */
    BUSY
  }

  private final Reason reason;

  ChunkRequestException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
