package tf.grid.hub.http.form;

import tf.grid.hub.http.body.MalformedBodyException;

/** The body of a request is not the form that its content type promises. */
public final class MalformedFormException extends MalformedBodyException {
  private static final long serialVersionUID = 1;

  public MalformedFormException(String message) {
    super(message);
  }
}
