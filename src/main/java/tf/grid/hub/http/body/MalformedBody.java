package tf.grid.hub.http.body;

import java.io.IOException;

/** What was sent cannot be read; the message is for who sent it. */
public final class MalformedBody extends IOException {
  private static final long serialVersionUID = 1;

  MalformedBody(String message) {
    super(message);
  }

  MalformedBody(String message, Throwable cause) {
    super(message, cause);
  }
}
