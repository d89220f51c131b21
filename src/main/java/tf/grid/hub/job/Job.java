package tf.grid.hub.job;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.problem.Problem;

/**
 * A unit of long work with exactly one end. It waits for its work, runs it, and ends as finished or
 * failed. Listeners see the latest event and the final one; they may miss events in between, so
 * slow listeners use no memory.
 *
 * <p>A job that does not run at this hub knows what it {@linkplain #received has received}.
 * Thread-safe.
 */
public final class Job {

  private enum State {
    WAITING,
    RUNNING,
    ENDED
  }

  /**
   * An event with its sequence number.
   *
   * @param number increases from event to event
   * @param event what happened
   */
  public record Numbered(long number, JobEvent event) {}

  private final JobId id;
  private final AccountName owner;
  private final Ticker ticker;
  private final JobProgress progress;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private State state = State.WAITING;

  /** When the state changed; a time of the ticker. */
  private long changed;

  private Thread worker;
  private boolean queued;
  private String step;
  private Numbered latest;

  /** Asks the hub that runs the job to cancel it; empty if that is this one. */
  private Optional<Consumer<Job>> canceller = Optional.empty();

  Job(AccountName owner, String what, Ticker ticker) {
    this(JobId.random(), owner, what, new Numbered(1, JobEvent.Update.nothing(what)), ticker);
  }

  /**
   * A job that was opened at another hub.
   *
   * @param step what it is doing
   * @param latest its latest event
   */
  public Job(JobId id, AccountName owner, String step, Numbered latest, Ticker ticker) {
    this.id = id;
    this.owner = owner;
    this.ticker = ticker;
    this.changed = ticker.nanos();
    this.progress = new JobProgress(step, ticker, this::tell);
    this.step = step;
    this.latest = latest;
    this.state = latest.event().last() ? State.ENDED : State.WAITING;
  }

  public JobId id() {
    return id;
  }

  /** The account that may cancel the job. */
  public AccountName owner() {
    return owner;
  }

  /** The response to a request that has started the job. */
  public JsonObject answer() {
    return Json.createObjectBuilder().add("status", "success").add("jobid", id.toString()).build();
  }

  /** What it is doing, or was doing at its end, for display. */
  public synchronized String step() {
    return step;
  }

  public synchronized Numbered latest() {
    return latest;
  }

  /** Returns the latest event if it is newer than a sequence number. */
  public Optional<Numbered> after(long number) {
    return Optional.of(latest()).filter(newest -> newest.number() > number);
  }

  /**
   * Registers a listener. It is called for each event on the thread of the event, so it must be
   * fast and must not throw. Check the latest event after registration, since it may have happened
   * before.
   *
   * @return removes the listener
   */
  public Runnable onEvent(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Whether it has a listener that waits for its next event. */
  public boolean isFollowed() {
    return !listeners.isEmpty();
  }

  /**
   * Leaves the job to all hubs: any of them may do its work.
   *
   * @param request how to cancel it
   */
  public synchronized void share(Consumer<Job> request) {
    canceller = Optional.of(request);
  }

  /** Takes the job for this hub. */
  public synchronized void take() {
    canceller = Optional.empty();
  }

  /**
   * Takes note of an event at another hub. If the job runs here and another hub has ended it, its
   * work is interrupted.
   *
   * @param current what it is doing
   */
  public void received(String current, Numbered newest) {
    synchronized (this) {
      if (state == State.ENDED || newest.number() <= latest.number()) {
        return;
      }
      step = current;
      latest = newest;
      if (newest.event().last()) {
        state = State.ENDED;
        changed = ticker.nanos();
        progress.cancel();
        if (worker != null) {
          worker.interrupt();
        }
      }
    }
    listeners.forEach(Runnable::run);
    if (newest.event().last()) {
      listeners.clear();
    }
  }

  /**
   * Cancels the job: immediately if it is waiting, otherwise as soon as its work notices. Has no
   * effect after the end.
   *
   * @throws RuntimeException that is a {@link Problem} if the hub that runs it cannot be asked
   */
  public void cancel() {
    Optional<Consumer<Job>> elsewhere;
    synchronized (this) {
      elsewhere = canceller;
    }
    if (elsewhere.isPresent()) {
      elsewhere.get().accept(this);
      return;
    }
    synchronized (this) {
      progress.cancel();
      if (state == State.RUNNING) {
        worker.interrupt();
        return;
      }
    }
    end(JobEvent.Failed.cancelled());
  }

  JobProgress begin() {
    synchronized (this) {
      if (state != State.WAITING) {
        throw new JobExpiredException();
      }
      state = State.RUNNING;
      worker = Thread.currentThread();
      changed = ticker.nanos();
    }
    return progress;
  }

  /** Marks the job as queued for a thread; it may wait without limit. */
  synchronized void queue() {
    queued = true;
  }

  /** Whether it was cancelled, even if it has not ended yet. */
  public boolean isCancelled() {
    return progress.isCancelled();
  }

  /** Detaches the thread from the job and clears an interrupt that was meant for the work. */
  synchronized void leave() {
    worker = null;
    if (progress.isCancelled()) {
      Thread.interrupted();
    }
  }

  /** Ends the job. Only the first call has an effect. */
  void end(JobEvent ending) {
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      state = State.ENDED;
      changed = ticker.nanos();
      latest = new Numbered(latest.number() + 1, ending);
    }
    listeners.forEach(Runnable::run);
    listeners.clear();
  }

  synchronized boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Whether it has not ended. */
  public synchronized boolean isOpen() {
    return state != State.ENDED;
  }

  /** Whether the job has waited for its work for longer than a time. */
  synchronized boolean hasWaited(Duration time) {
    return state == State.WAITING && !queued && isUnchangedFor(time);
  }

  /** Whether the job ended longer ago than a time. */
  synchronized boolean hasEndedFor(Duration time) {
    return state == State.ENDED && isUnchangedFor(time);
  }

  private boolean isUnchangedFor(Duration time) {
    return ticker.nanos() - changed > time.toNanos();
  }

  private void tell(JobEvent.Update update) {
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      step = update.message();
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
      super(JobEvent.Failed.cancelled().message());
    }

    @Override
    public int status() {
      return 409;
    }
  }
}
