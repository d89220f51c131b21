package tf.grid.hub.http.form;

import tf.grid.hub.http.body.MalformedBodyException;

/** The body of a request is not a valid form of its content type. */
public final class MalformedFormException extends MalformedBodyException {
  private static final long serialVersionUID = 1;

  public MalformedFormException(String message) {
    super(message);
  }
}
