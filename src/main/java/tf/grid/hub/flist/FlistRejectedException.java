package tf.grid.hub.flist;

import java.io.IOException;

/**
 * A file is not a flist, is damaged, violates the format or exceeds a limit. The message is for the
 * sender of the file.
 */
public final class FlistRejectedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Rejects a file with a message.
   *
   * @param message what is wrong
   */
  public FlistRejectedException(String message) {
    super(message);
  }

  /**
   * Rejects a file with a message and a cause.
   *
   * @param message what is wrong
   * @param cause how it was detected
   */
  public FlistRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
