package tf.grid.hub.job;

/** A job is for one piece of work, and this one has had its own, or has waited for it too long. */
public final class JobSpent extends RuntimeException {
  private static final long serialVersionUID = 1;

  JobSpent() {
    super("the job has begun or ended before: make another and use that");
  }
}
