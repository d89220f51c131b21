package tf.grid.hub.client.remote;

import java.io.InterruptedIOException;

/** The pauses before a failed request is sent again, which add up to a minute. */
final class Retries {
  /** How often a request is sent at most. */
  static final int ATTEMPTS = 7;

  private static final long FIRST_MILLIS = 500;

  private Retries() {}

  /**
   * Waits after a failure.
   *
   * @param attempt 1 after the first one
   * @throws InterruptedIOException if the thread is interrupted
   */
  static void pause(int attempt) throws InterruptedIOException {
    try {
      Thread.sleep(FIRST_MILLIS << (attempt - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
