package tf.grid.hub.job;

/** As many jobs are waiting or running as this hub keeps at once; later there may be room. */
public final class TooManyJobs extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManyJobs(int limit) {
    super(limit + " jobs are waiting or running, the most that this hub keeps: try again later");
  }
}
