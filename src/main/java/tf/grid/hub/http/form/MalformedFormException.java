package tf.grid.hub.http.form;

import java.io.IOException;

/** The body of a request is not the form that its content type promises. */
public final class MalformedFormException extends IOException {
  private static final long serialVersionUID = 1;

  public MalformedFormException(String message) {
    super(message);
  }
}
