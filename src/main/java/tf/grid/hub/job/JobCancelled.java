package tf.grid.hub.job;

/** The owner of a job does not want it any more: its work is to end. */
public final class JobCancelled extends RuntimeException {
  private static final long serialVersionUID = 1;

  JobCancelled() {
    super("cancelled");
  }
}
