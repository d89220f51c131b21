package tf.grid.hub.job;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.problem.Problem;

/**
 * One piece of long work: it waits for the work, has it done, and ends once, however it ends.
 * Listeners see the newest event and the last; those between may be left out, so that slow ones
 * cost no memory. Safe for any number of threads.
 */
public final class Job {

  private enum State {
    WAITING,
    RUNNING,
    ENDED
  }

  /**
   * An event with its place among those of the job.
   *
   * @param number grows from one event to the next
   * @param event what happened
   */
  public record Numbered(long number, JobEvent event) {}

  private final JobId id = JobId.random();
  private final AccountName owner;
  private final Clock clock;
  private final JobProgress progress;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private State state = State.WAITING;
  private Instant changed;
  private Thread worker;
  private boolean queued;
  private Numbered latest;

  Job(AccountName owner, String what, Clock clock) {
    this.owner = owner;
    this.clock = clock;
    this.changed = clock.instant();
    this.progress = new JobProgress(what, clock, this::tell);
    this.latest = new Numbered(1, progress.now());
  }

  /** Its handle. */
  public JobId id() {
    return id;
  }

  /** Who may cancel it. */
  public AccountName owner() {
    return owner;
  }

  /** The newest event. */
  public synchronized Numbered latest() {
    return latest;
  }

  /** The newest event, if there was one since another. */
  public Optional<Numbered> after(long number) {
    return Optional.of(latest()).filter(newest -> newest.number() > number);
  }

  /**
   * Calls a listener at each event from now on, on the thread where it happened: it must be quick
   * and must not throw. Look for the newest event afterwards, since it may have happened before.
   *
   * @return stops that
   */
  public Runnable onEvent(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Ends it soon: at once when it waits, or when its work notices. Does nothing after its end. */
  public void cancel() {
    synchronized (this) {
      progress.cancel();
      if (state == State.RUNNING) {
        worker.interrupt();
        return;
      }
    }
    end(new JobEvent.Failed(new JobCancelledException().getMessage()));
  }

  JobProgress begin() {
    synchronized (this) {
      if (state != State.WAITING) {
        throw new JobExpiredException();
      }
      state = State.RUNNING;
      worker = Thread.currentThread();
      changed = clock.instant();
    }
    return progress;
  }

  /** Has the hub find a thread for it, however long that takes. */
  synchronized void queue() {
    queued = true;
  }

  boolean isCancelled() {
    return progress.isCancelled();
  }

  /** Takes the thread away from the job; no interrupt that was meant for the work stays on it. */
  synchronized void leave() {
    worker = null;
    if (progress.isCancelled()) {
      Thread.interrupted();
    }
  }

  /** Tells of the ending; the first one counts. */
  void end(JobEvent ending) {
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      state = State.ENDED;
      changed = clock.instant();
      latest = new Numbered(latest.number() + 1, ending);
    }
    listeners.forEach(Runnable::run);
    listeners.clear();
  }

  synchronized boolean isOpen() {
    return state != State.ENDED;
  }

  synchronized boolean waitsSince(Instant moment) {
    return state == State.WAITING && !queued && changed.isBefore(moment);
  }

  synchronized boolean endedBefore(Instant moment) {
    return state == State.ENDED && changed.isBefore(moment);
  }

  private void tell(JobEvent.Update update) {
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      latest = new Numbered(latest.number() + 1, update);
    }
    listeners.forEach(Runnable::run);
  }

  /** The job has begun or ended: a job is for one piece of work, and ends if that does not come. */
  public static final class JobExpiredException extends RuntimeException implements Problem {
    private static final long serialVersionUID = 1;

    JobExpiredException() {
      super("the job has begun or ended before: make another and use that");
    }

    @Override
    public int status() {
      return 409;
    }
  }

  /** The owner cancelled the job. */
  public static final class JobCancelledException extends RuntimeException implements Problem {
    private static final long serialVersionUID = 1;

    JobCancelledException() {
      super("cancelled");
    }

    @Override
    public int status() {
      return 409;
    }
  }
}
