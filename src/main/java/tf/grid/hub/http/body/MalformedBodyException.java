package tf.grid.hub.http.body;

import java.io.IOException;
import tf.grid.hub.problem.Problem;

/** The body of a request cannot be read. The message is for the sender. */
public class MalformedBodyException extends IOException implements Problem {
  private static final long serialVersionUID = 1;

  /** Says what is wrong with the body. */
  public MalformedBodyException(String message) {
    super(message);
  }

  /** The same, with the failure that revealed it. */
  public MalformedBodyException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int status() {
    return 400;
  }
}
