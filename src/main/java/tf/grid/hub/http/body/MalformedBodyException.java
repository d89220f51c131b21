package tf.grid.hub.http.body;

import java.io.IOException;

/** What was sent cannot be read; the message is for who sent it. */
public final class MalformedBodyException extends IOException {
  private static final long serialVersionUID = 1;

  public MalformedBodyException(String message) {
    super(message);
  }

  public MalformedBodyException(String message, Throwable cause) {
    super(message, cause);
  }
}
