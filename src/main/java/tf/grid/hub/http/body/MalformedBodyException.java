package tf.grid.hub.http.body;

import java.io.IOException;

/** The body of a request cannot be read; the client gets the message. */
public class MalformedBodyException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong with the body. */
  public MalformedBodyException(String message) {
    super(message);
  }

  /** The same, with the failure that revealed it. */
  public MalformedBodyException(String message, Throwable cause) {
    super(message, cause);
  }
}
