package tf.grid.hub.image.reference;

/** A text was given as an image reference, digest or platform that is none. For users. */
public final class InvalidReferenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidReferenceException(String message) {
    super(message);
  }
}
