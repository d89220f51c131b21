package tf.grid.hub.build.tar.header;

import java.io.IOException;

/**
 * The bytes are not a readable archive, or exceed a limit. The message is for the sender. Any other
 * {@link IOException} means that the bytes could not be received.
 */
public final class TarException extends IOException {
  private static final long serialVersionUID = 1;

  /** Names the defect of the archive. */
  public TarException(String message) {
    super(message);
  }
}
