package tf.grid.hub.http;

import java.io.IOException;

/** The body of a request has more bytes than it may have; the message is for the client. */
public final class BodyTooLarge extends IOException {
  private static final long serialVersionUID = 1;

  BodyTooLarge(long limit) {
    super("the body has more than " + limit + " bytes, the most that this hub takes at once");
  }
}
