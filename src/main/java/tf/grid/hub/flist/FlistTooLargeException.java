package tf.grid.hub.flist;

import java.io.IOException;

/** A flist that is being written would be larger than those who read flists accept. */
public final class FlistTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public FlistTooLargeException(String message) {
    super(message);
  }
}
