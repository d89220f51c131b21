package tf.grid.hub.chunk.kernel;

/** The vector implementation cannot run here; the message says why. */
public class VectorsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason, a clause. */
  public VectorsUnavailableException(String reason) {
    super(reason);
  }
}
