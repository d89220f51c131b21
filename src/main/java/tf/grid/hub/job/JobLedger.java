package tf.grid.hub.job;

import java.util.List;
import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.problem.Problem;

/**
 * All jobs that have not been forgotten. Thread-safe.
 *
 * <p>{@link #add}, {@link #take} and {@link #find} may throw an unchecked {@link Problem} if jobs
 * cannot be read or written. Lists have the jobs of this hub only then.
 */
public interface JobLedger extends AutoCloseable {

  /**
   * Adds a job that waits for its work.
   *
   * @throws tf.grid.hub.limit.TryAgainLaterException when as many as allowed wait or run
   */
  void add(Job job);

  /**
   * Takes a job for the work that this hub is about to do.
   *
   * @return false if another hub has taken it, or if it has ended
   */
  boolean take(Job job);

  /** Returns a job that has not been forgotten. */
  Optional<Job> find(JobId id);

  /** The jobs of an account, the newest first. */
  List<Job> of(AccountName owner);

  /** Jobs that wait or run, oldest first. */
  List<Job> open();

  /** The jobs that this hub has taken, or that are known to it alone. Asks nobody. */
  List<Job> own();

  /** Ends jobs that have waited too long, and forgets those that ended long ago. */
  void sweep();

  /** Stops what it does by itself. The jobs of this hub have ended. */
  @Override
  void close();
}
