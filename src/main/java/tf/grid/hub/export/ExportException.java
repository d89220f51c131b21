package tf.grid.hub.export;

import java.io.IOException;

/** An archive cannot be completed, because a chunk is missing or damaged. */
public final class ExportException extends IOException {
  private static final long serialVersionUID = 1L;

  ExportException(String message) {
    super(message);
  }
}
