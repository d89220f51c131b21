package tf.grid.hub.access;

/** A change on a hub without authentication that another site may have made a browser send. */
public final class ForeignRequest extends AccessRefused {
  private static final long serialVersionUID = 1;

  ForeignRequest(String message) {
    super(message);
  }
}
