package tf.grid.hub.image.reference;

import tf.grid.hub.problem.Problem;

/** A text was given as an image reference, digest or platform that is none. For users. */
public final class InvalidReferenceException extends RuntimeException implements Problem {

  private static final long serialVersionUID = 1L;

  InvalidReferenceException(String message) {
    super(message);
  }

  @Override
  public int status() {
    return 400;
  }
}
