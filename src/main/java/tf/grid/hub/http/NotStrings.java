package tf.grid.hub.http;

import java.io.IOException;

/** A body is not the JSON array of strings that it should be; the message is for the client. */
public final class NotStrings extends IOException {
  private static final long serialVersionUID = 1;

  NotStrings(String message) {
    super(message);
  }
}
