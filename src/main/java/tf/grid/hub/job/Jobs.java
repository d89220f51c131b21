package tf.grid.hub.job;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.http.RequestId;
import tf.grid.hub.job.Job.JobCancelledException;
import tf.grid.hub.job.Job.JobExpiredException;
import tf.grid.hub.limit.FairScheduler;
import tf.grid.hub.limit.Ticker;

/**
 * The jobs of a hub. Their work is in memory only: a restart ends it, and unpublished results are
 * lost. Thread-safe.
 */
public final class Jobs implements AutoCloseable {

  private static final long SWEEP_SECONDS = 5;
  private static final JobEvent STOPPED =
      new JobEvent.Failed("the hub stops: try again when it is back");

  private final JobLedger ledger;
  private final FailureMessage reasons;
  private final Ticker ticker;
  private final ExecutorService workers;
  private final FairScheduler<AccountName> scheduler;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "job-sweeper"));

  /**
   * Creates an instance with its dependencies.
   *
   * @param ledger is closed with this
   * @param reasons converts failures to messages for users
   * @param ticker measures how long jobs wait and how long ago they ended
   */
  public Jobs(JobLimits limits, JobLedger ledger, FailureMessage reasons, Ticker ticker) {
    this.ledger = ledger;
    this.reasons = reasons;
    this.ticker = ticker;
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            limits.running(), work -> daemon(work, "job-" + number.incrementAndGet()));
    this.scheduler = new FairScheduler<>(workers, limits.running(), limits.runningEach());
    Future<?> unused =
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * A job that waits for its work.
   *
   * @param what it is about to do, for people
   * @throws tf.grid.hub.limit.TryAgainLaterException when as many as allowed wait or run, of all
   *     accounts or of this one
   */
  public Job open(AccountName owner, String what) {
    Job job = new Job(owner, what, ticker);
    ledger.add(job);
    return job;
  }

  /** Returns a job that is running or has not been removed yet. */
  public Optional<Job> find(JobId id) {
    return ledger.find(id);
  }

  /** The jobs of an account that have not been removed yet, the newest first. */
  public List<Job> of(AccountName owner) {
    return ledger.of(owner);
  }

  /** Jobs that wait or run, oldest first. */
  public List<Job> open() {
    return ledger.open();
  }

  /** Jobs of this hub whose work has not begun. */
  public long waiting() {
    return ledger.own().stream().filter(job -> job.isOpen() && !job.isRunning()).count();
  }

  /** Jobs of this hub whose work has begun and not ended. */
  public long running() {
    return ledger.own().stream().filter(Job::isRunning).count();
  }

  /**
   * Runs the work of a job on this thread and ends the job in any case.
   *
   * @param ending converts the result for listeners
   * @throws JobExpiredException if the job is no longer waiting for its work
   * @throws JobCancelledException if the job was cancelled before the end of the work
   * @throws Exception any exception of the work
   */
  public <T> T run(Job job, JobWork<T> work, Function<T, JsonObject> ending) throws Exception {
    take(job);
    return runTaken(job, work, ending);
  }

  private void take(Job job) {
    if (!ledger.take(job)) {
      throw new JobExpiredException();
    }
  }

  private <T> T runTaken(Job job, JobWork<T> work, Function<T, JsonObject> ending)
      throws Exception {
    JobProgress progress = job.begin();
    try {
      T result = work.run(progress);
      job.end(new JobEvent.Finished(ending.apply(result)));
      return result;
    } catch (Throwable failure) {
      // The exception of cancelled work depends on where it was interrupted. Users know why it
      // ended.
      Throwable cause = job.isCancelled() ? new JobCancelledException() : failure;
      job.end(new JobEvent.Failed(reasons.of(cause)));
      if (cause instanceof JobCancelledException cancelled) {
        cancelled.addSuppressed(failure);
        throw cancelled;
      }
      throw failure;
    } finally {
      job.leave();
    }
  }

  /**
   * Runs the work of a new job on a thread of the hub when it is the account's turn.
   *
   * @throws JobExpiredException if the job has ended
   */
  public <T> CompletableFuture<T> start(Job job, JobWork<T> work, Function<T, JsonObject> ending) {
    return start(job, work, ending, task -> scheduler.add(job.owner(), job::isOpen, task));
  }

  /**
   * Runs the work of a new job at once on a thread of its own. For work of the hub itself, of which
   * each kind runs once at a time.
   *
   * @throws JobExpiredException if the job has ended
   */
  public <T> CompletableFuture<T> startAtOnce(
      Job job, JobWork<T> work, Function<T, JsonObject> ending) {
    return start(job, work, ending, task -> daemon(task, "job-" + job.id()).start());
  }

  private <T> CompletableFuture<T> start(
      Job job, JobWork<T> work, Function<T, JsonObject> ending, Executor threads) {
    job.queue();
    try {
      take(job);
    } catch (RuntimeException failure) {
      job.end(new JobEvent.Failed(reasons.of(failure)));
      throw failure;
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      threads.execute(RequestId.carried(() -> complete(result, job, work, ending)));
    } catch (RejectedExecutionException stopped) {
      job.end(STOPPED);
      result.completeExceptionally(stopped);
    }
    return result;
  }

  private <T> void complete(
      CompletableFuture<T> result, Job job, JobWork<T> work, Function<T, JsonObject> ending) {
    try {
      result.complete(runTaken(job, work, ending));
    } catch (Throwable failure) {
      result.completeExceptionally(failure);
    }
  }

  /** Cancels all jobs of this hub and stops the threads. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    List<Job> left = ledger.own();
    left.forEach(job -> job.end(STOPPED));
    left.forEach(Job::cancel);
    workers.shutdownNow();
    ledger.close();
  }

  /** Expires jobs that waited for their work too long, and removes jobs that ended long ago. */
  void sweep() {
    ledger.sweep();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The work of a job. It is cancelled by interrupting its thread, and by {@link
   * JobCancelledException} from its progress.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface JobWork<T> {

    /** Runs the work. An exception ends the job as failed. */
    T run(JobProgress progress) throws Exception;
  }

  /** Converts a failure to a message for users, without internal details. Thread-safe. */
  @FunctionalInterface
  public interface FailureMessage {

    /** Returns the message for the owner of the job. */
    String of(Throwable failure);
  }
}
