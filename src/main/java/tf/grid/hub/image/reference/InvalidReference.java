package tf.grid.hub.image.reference;

/** A text was given as an image reference, digest or platform that is none. For users. */
public final class InvalidReference extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidReference(String message) {
    super(message);
  }
}
