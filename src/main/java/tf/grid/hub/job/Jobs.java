package tf.grid.hub.job;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * The jobs of a hub. They are kept in memory only: a restart ends all jobs, and unpublished results
 * are lost. Thread-safe.
 */
public final class Jobs implements AutoCloseable {

  private static final long SWEEP_SECONDS = 5;
  private static final int REMEMBERED = 4;
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final JobEvent STOPPED =
      new JobEvent.Failed("the hub stops: try again when it is back");

  private final JobLimits limits;
  private final FailureMessage reasons;
  private final Ticker ticker;
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private final ExecutorService workers;
  private final FairScheduler<AccountName> scheduler;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "job-sweeper"));

  /**
   * Creates an instance with its dependencies.
   *
   * @param reasons converts failures to messages for users
   * @param ticker measures how long jobs wait and how long ago they ended
   */
  public Jobs(JobLimits limits, FailureMessage reasons, Ticker ticker) {
    this.limits = limits;
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
   * @throws TryAgainLaterException when as many as allowed wait or run, of all accounts or of this
   *     one
   */
  public Job open(AccountName owner, String what) {
    synchronized (jobs) {
      refuseTooMany(owner);
      Job job = new Job(owner, what, ticker);
      jobs.put(job.id(), job);
      return job;
    }
  }

  private void refuseTooMany(AccountName owner) {
    List<Job> open = jobs.values().stream().filter(Job::isOpen).toList();
    if (open.size() >= limits.open()) {
      throw tooMany(limits.open() + " jobs are waiting or running, the most that this hub keeps");
    }
    if (open.stream().filter(job -> job.owner().equals(owner)).count() >= limits.openEach()) {
      throw tooMany(
          limits.openEach()
              + " jobs of this account are waiting or running, the most that this hub keeps for"
              + " one");
    }
  }

  private static TryAgainLaterException tooMany(String reason) {
    return TryAgainLaterException.tooMany(PAUSE, reason + ": try again later");
  }

  /** Returns a job that is running or has not been removed yet. */
  public Optional<Job> find(JobId id) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(id));
    }
  }

  /** The jobs of an account that have not been removed yet, the newest first. */
  public List<Job> of(AccountName owner) {
    List<Job> own = new ArrayList<>();
    synchronized (jobs) {
      jobs.values().stream().filter(job -> job.owner().equals(owner)).forEach(own::add);
    }
    Collections.reverse(own);
    return own;
  }

  /** Jobs that wait or run, oldest first. */
  public List<Job> open() {
    synchronized (jobs) {
      return jobs.values().stream().filter(Job::isOpen).toList();
    }
  }

  /** Jobs whose work has not begun. */
  public long waiting() {
    synchronized (jobs) {
      return jobs.values().stream().filter(job -> job.isOpen() && !job.isRunning()).count();
    }
  }

  /** Jobs whose work has begun and not ended. */
  public long running() {
    synchronized (jobs) {
      return jobs.values().stream().filter(Job::isRunning).count();
    }
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

  /** Runs the work of a job on a thread of the hub when it is the account's turn. */
  public <T> CompletableFuture<T> start(Job job, JobWork<T> work, Function<T, JsonObject> ending) {
    job.queue();
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      scheduler.add(
          job.owner(), job::isOpen, RequestId.carried(() -> complete(result, job, work, ending)));
    } catch (RejectedExecutionException stopped) {
      job.end(STOPPED);
      result.completeExceptionally(stopped);
    }
    return result;
  }

  private <T> void complete(
      CompletableFuture<T> result, Job job, JobWork<T> work, Function<T, JsonObject> ending) {
    try {
      result.complete(run(job, work, ending));
    } catch (Throwable failure) {
      result.completeExceptionally(failure);
    }
  }

  /** Cancels all jobs and stops the threads. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    List<Job> left;
    synchronized (jobs) {
      left = List.copyOf(jobs.values());
    }
    left.forEach(job -> job.end(STOPPED));
    left.forEach(Job::cancel);
    workers.shutdownNow();
  }

  /** Expires jobs that waited for their work too long, and removes jobs that ended long ago. */
  void sweep() {
    List<Job> late;
    synchronized (jobs) {
      late = jobs.values().stream().filter(job -> job.hasWaited(limits.maxWait())).toList();
      jobs.values().removeIf(job -> job.hasEndedFor(limits.memory()));
      forgetOldest();
    }
    late.forEach(
        job ->
            job.end(
                new JobEvent.Failed(
                    "nothing was sent for this job within "
                        + limits.maxWait().toMinutes()
                        + " minutes")));
  }

  private void forgetOldest() {
    long surplus =
        jobs.values().stream().filter(job -> !job.isOpen()).count()
            - (long) REMEMBERED * limits.open();
    List<JobId> oldest =
        jobs.values().stream()
            .filter(job -> !job.isOpen())
            .limit(Math.max(0, surplus))
            .map(Job::id)
            .toList();
    jobs.keySet().removeAll(oldest);
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

  /**
   * How many jobs a hub has, and for how long.
   *
   * @param open jobs that wait or run; as many ended ones are remembered four times over
   * @param openEach as many of them may be of one account
   * @param running jobs whose work the hub does on threads of its own at once
   * @param runningEach as many of them may be of one account; its others wait
   * @param maxWait how long a job waits for its work
   * @param memory how long an ended job is remembered, so that late listeners learn of the ending
   */
  public record JobLimits(
      int open, int openEach, int running, int runningEach, Duration maxWait, Duration memory) {}

  /** Converts a failure to a message for users, without internal details. Thread-safe. */
  @FunctionalInterface
  public interface FailureMessage {

    /** Returns the message for the owner of the job. */
    String of(Throwable failure);
  }
}
