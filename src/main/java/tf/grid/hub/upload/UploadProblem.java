package tf.grid.hub.upload;

import java.io.IOException;

/** An upload went wrong on its way in; the message is what the client is told. */
public abstract sealed class UploadProblem extends IOException
    permits UploadRefused, MalformedForm, TooManyUploads {
  private static final long serialVersionUID = 1;

  UploadProblem(String message) {
    super(message);
  }
}
