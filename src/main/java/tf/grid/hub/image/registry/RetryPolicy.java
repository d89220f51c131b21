package tf.grid.hub.image.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import tf.grid.hub.image.PullException.SourceUnreachableException;

/**
 * How often to retry while a registry is unreachable or fails, and how long to pause. A response
 * with the status 429 is not retried: {@link RegistryErrors} takes the pause from it, and the hub's
 * own response passes that to the client. Thread-safe.
 *
 * @param tries total number of attempts, at least one
 * @param first pause after the first failure; doubled after each further one
 * @param pause waits
 */
public record RetryPolicy(int tries, Duration first, Pause pause) {

  /** For registries on the internet: pauses of 0.3, 0.6, 1.2 and 2.4 seconds. */
  public static final RetryPolicy USUAL =
      new RetryPolicy(5, Duration.ofMillis(300), time -> Thread.sleep(time.toMillis()));

  /** Waits between attempts. */
  public interface Pause {
    /** Sleeps for this time. */
    void sleep(Duration time) throws InterruptedException;
  }

  /** An operation that can fail temporarily. */
  interface Attempt<T> {
    T make() throws IOException;
  }

  /** Retries until the operation succeeds, fails permanently, or has used all attempts. */
  <T> T until(Attempt<T> attempt) throws IOException {
    for (int failures = 1; ; failures++) {
      try {
        return attempt.make();
      } catch (SourceUnreachableException e) {
        if (failures >= tries) {
          throw e;
        }
        await(failures);
      }
    }
  }

  /**
   * Waits after this number of failures.
   *
   * @throws InterruptedIOException if the thread was interrupted; its flag stays set
   */
  void await(int failures) throws InterruptedIOException {
    try {
      pause.sleep(first.multipliedBy(1L << Math.min(10, failures - 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a registry");
    }
  }
}
