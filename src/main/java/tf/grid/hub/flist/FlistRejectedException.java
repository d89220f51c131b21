package tf.grid.hub.flist;

import java.io.IOException;

/**
 * A file that should be a flist is none, is damaged, breaks the format's rules or is over a limit.
 * The message is written for whoever sent the file.
 */
public final class FlistRejectedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what was wrong. */
  public FlistRejectedException(String message) {
    super(message);
  }

  /** With what was wrong, and how it was noticed. */
  public FlistRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
