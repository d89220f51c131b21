package tf.grid.hub.flist;

import java.io.IOException;

/** A flist to be written exceeds the limits of readers. */
public final class FlistTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public FlistTooLargeException(String message) {
    super(message);
  }
}
