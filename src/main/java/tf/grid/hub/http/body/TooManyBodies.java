package tf.grid.hub.http.body;

import java.io.IOException;

/** As many bodies of strangers are being read as are read at once. */
public final class TooManyBodies extends IOException {
  private static final long serialVersionUID = 1;

  TooManyBodies() {
    super("too many requests of this kind are being received, sign in or try again later");
  }
}
