package tf.grid.hub;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Waits for what other threads and processes do at their own pace, by asking until it holds. The
 * limit of twenty minutes only ends tests that would hang: no test may depend on how fast the
 * machine is. All methods throw an {@link AssertionError} that says what was expected when the
 * limit is over or the thread is interrupted.
 */
public final class Await {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Await() {}

  /** Something that becomes true, such as the state of a file. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Whether it is true now. */
    boolean holds() throws E;
  }

  /** Something that changes, such as the answer to a request. */
  @FunctionalInterface
  public interface Source<T, E extends Exception> {
    /** What it is now. */
    T get() throws E;
  }

  /**
   * Returns once the condition holds.
   *
   * @param what the expected state in words, such as {@code "the entry is listed"}
   */
  public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
    value(what, condition::holds, holds -> holds);
  }

  /**
   * Returns the first value that is accepted.
   *
   * @param what the expected state in words
   */
  public static <T, E extends Exception> T value(
      String what, Source<T, E> source, Predicate<? super T> accepted) throws E {
    long start = System.nanoTime();
    T value = source.get();
    while (!accepted.test(value)) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw failure(what + "; at last: " + value, null);
      }
      pause(what);
      value = source.get();
    }
    return value;
  }

  /** Returns once the latch is open. */
  public static void open(String what, CountDownLatch latch) {
    until(what, () -> latch.getCount() == 0);
  }

  /**
   * The result of a task.
   *
   * @throws ExecutionException if the task failed
   */
  public static <T> T result(Future<T> task) throws ExecutionException {
    try {
      return task.get(LIMIT.toMinutes(), TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      throw failure("the task ends", e);
    } catch (InterruptedException e) {
      throw interrupted("the task ends", e);
    }
  }

  /** Returns once the thread waits for another one to give it something. */
  public static void waiting(String what, Thread thread) {
    until(
        what,
        () ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
  }

  private static void pause(String what) {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  private static AssertionError interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting: " + what, e);
  }

  private static AssertionError failure(String what, Throwable cause) {
    return new AssertionError("not within " + LIMIT + ": " + what, cause);
  }
}
