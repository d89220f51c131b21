package tf.grid.hub.job;

/** As many jobs are waiting or running as this hub keeps at once; later there may be room. */
public final class TooManyJobs extends RuntimeException {
  private static final long serialVersionUID = 1;

  private TooManyJobs(String message) {
    super(message);
  }

  static TooManyJobs ofAll(int limit) {
    return new TooManyJobs(
        limit + " jobs are waiting or running, the most that this hub keeps: try again later");
  }

  static TooManyJobs ofAccount(int limit) {
    return new TooManyJobs(
        limit
            + " jobs of this account are waiting or running, the most that this hub keeps for one:"
            + " try again later");
  }
}
