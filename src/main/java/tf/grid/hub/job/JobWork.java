package tf.grid.hub.job;

/**
 * The work of a job. It is cancelled by an interrupt of its thread, and by its progress throwing
 * {@link JobCancelled}.
 *
 * @param <T> what comes out of it
 */
@FunctionalInterface
public interface JobWork<T> {

  /** Does the work; what it throws ends the job as failed. */
  T run(JobProgress progress) throws Exception;
}
