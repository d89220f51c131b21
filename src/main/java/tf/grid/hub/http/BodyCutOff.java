package tf.grid.hub.http;

import java.io.IOException;

/** The client went away, or was too slow, before all of the body had come. */
public final class BodyCutOff extends IOException {
  private static final long serialVersionUID = 1;

  BodyCutOff(String when, IOException cause) {
    super("the body was cut off " + when, cause);
  }
}
