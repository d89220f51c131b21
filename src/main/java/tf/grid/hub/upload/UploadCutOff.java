package tf.grid.hub.upload;

import java.io.IOException;

/** The client went away, or was too slow, before all of the upload had come. */
public final class UploadCutOff extends UploadProblem {
  private static final long serialVersionUID = 1;

  UploadCutOff(String when, IOException cause) {
    super("the upload was cut off " + when);
    initCause(cause);
  }
}
