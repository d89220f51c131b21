package tf.grid.hub.upload;

/** The body of a request is not the form that its content type promises. */
public final class MalformedForm extends UploadProblem {
  private static final long serialVersionUID = 1;

  MalformedForm(String message) {
    super(message);
  }
}
