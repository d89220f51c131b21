package tf.grid.hub.chunk;

/** The vector implementation cannot run here; the message says why. */
public class VectorsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VectorsUnavailableException(String reason) {
    super(reason);
  }
}
