package tf.grid.hub.http.body;

import java.io.IOException;
import java.time.Duration;

/** As many bodies of strangers are being read as are read at once. */
public final class TooManyBodies extends IOException {
  private static final long serialVersionUID = 1;

  /** After this time it is worth to try again. */
  public static final Duration PAUSE = Duration.ofSeconds(2);

  TooManyBodies() {
    super("too many requests of this kind are being received, sign in or try again later");
  }
}
