package tf.grid.hub.catalogue.postgresql.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tf.grid.hub.catalogue.Catalogue.Step;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Lets changes of a repository wait for each other. Those of this hub wait without a connection,
 * and only one of them waits for another hub, so that a repository that is locked for long does not
 * use up the connections that changes of others need. Thread-safe.
 */
final class RepositoryQueues {

  /** Half of the threads that the server has for requests, with the defaults. */
  private static final int MOST_WAITING = 32;

  /** How long a change waits for others. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Cache<RepositoryName, ReentrantLock> turns =
      Caffeine.newBuilder().weakValues().build();

  private final ReentrantLock names = new ReentrantLock();

  /** Waits for other hubs, of changes of all repositories. */
  private final Semaphore waitsForHubs;

  /**
   * Creates queues without an entry.
   *
   * @param connections of which half may wait for locks of other hubs, but at least one
   */
  RepositoryQueues(int connections) {
    this.waitsForHubs = new Semaphore(Math.max(1, connections / 2));
  }

  /**
   * Makes a step while no other thread of this hub changes the repository. Enter before a
   * connection is taken.
   *
   * @throws TryAgainLaterException if the others take too long, or too many wait for them
   */
  <T> T in(RepositoryName repository, Step<T> step) throws IOException {
    ReentrantLock turn = turns.get(repository, name -> new ReentrantLock());
    if (turn.getQueueLength() >= MOST_WAITING) {
      throw busy();
    }
    return in(turn, step, RepositoryQueues::busy);
  }

  /**
   * Makes a step that waits until names may change, while no other thread does.
   *
   * @throws TryAgainLaterException if the others take too long
   */
  <T> T forNames(Step<T> step) throws IOException {
    return in(names, step, RepositoryQueues::namesStay);
  }

  private static <T> T in(
      ReentrantLock turn, Step<T> step, Supplier<TryAgainLaterException> refusal)
      throws IOException {
    try {
      if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw refusal.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for another change", e);
    }
    try {
      return step.make();
    } finally {
      turn.unlock();
    }
  }

  /** Whether this thread may wait for another hub; if so, {@link #waited} must follow. */
  boolean mayWait() {
    return waitsForHubs.tryAcquire();
  }

  /** Ends the wait for another hub. */
  void waited() {
    waitsForHubs.release();
  }

  /** What clients are told if names have to stay for long. */
  static TryAgainLaterException namesStay() {
    return new TryAgainLaterException(
        503,
        PAUSE,
        "flists cannot be renamed, copied or deleted while a hub looks at all of them: try again"
            + " later");
  }

  /** What clients are told. */
  static TryAgainLaterException busy() {
    return new TryAgainLaterException(
        503, PAUSE, "another change of this repository is running: try again later");
  }
}
