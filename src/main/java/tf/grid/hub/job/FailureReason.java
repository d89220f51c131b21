package tf.grid.hub.job;

/** Words a failure for people, without what they must not see. Safe for any number of threads. */
@FunctionalInterface
public interface FailureReason {

  /** What the owner of the job is told. */
  String of(Throwable failure);
}
