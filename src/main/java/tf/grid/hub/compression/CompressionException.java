package tf.grid.hub.compression;

import java.io.IOException;

/**
 * Compressed data is damaged, ends early, needs too much memory or has an unsupported format. The
 * message is for the sender and says what to do. Any other {@link IOException} means that the data
 * could not be received.
 */
public final class CompressionException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong. */
  public CompressionException(String message) {
    super(message);
  }

  CompressionException(String message, Throwable cause) {
    super(message, cause);
  }
}
