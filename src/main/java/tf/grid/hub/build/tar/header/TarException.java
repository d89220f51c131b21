package tf.grid.hub.build.tar.header;

import java.io.IOException;

/**
 * The bytes are no archive that can be read, or go over a limit. The message is for the person who
 * sent them; other {@link IOException}s mean that the bytes did not arrive.
 */
public final class TarException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong with the archive. */
  public TarException(String message) {
    super(message);
  }
}
