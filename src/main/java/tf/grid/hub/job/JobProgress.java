package tf.grid.hub.job;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import tf.grid.hub.job.Job.JobCancelledException;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;

/**
 * Counts the progress of a job and notifies its listeners a few times per second. After the job is
 * cancelled, every method throws {@link JobCancelledException}, which ends the work at the next
 * byte. Thread-safe.
 */
public final class JobProgress implements Progress {

  private static final long PAUSE_NANOS = 200_000_000;
  private static final int ALMOST = 99;

  private final Ticker ticker;
  private final Consumer<JobEvent.Update> listeners;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder files = new LongAdder();
  private final LongAdder fresh = new LongAdder();
  private final LongAdder known = new LongAdder();
  private final AtomicLong told;
  private volatile String message;
  private volatile long expected;
  private volatile boolean cancelled;

  JobProgress(String message, Ticker ticker, Consumer<JobEvent.Update> listeners) {
    this.message = message;
    this.ticker = ticker;
    this.told = new AtomicLong(ticker.nanos() - PAUSE_NANOS);
    this.listeners = listeners;
  }

  /** Sets the current step, for display. Listeners are notified immediately. */
  public void step(String what) {
    refuseCancelled();
    message = what;
    tell();
  }

  @Override
  public void expect(long total) {
    expected = total;
  }

  @Override
  public void received(long count) {
    refuseCancelled();
    bytes.add(count);
    tellSometimes();
  }

  @Override
  public void fileDone() {
    refuseCancelled();
    files.increment();
    tellSometimes();
  }

  @Override
  public void chunks(int freshOnes, int knownOnes) {
    refuseCancelled();
    fresh.add(freshOnes);
    known.add(knownOnes);
    tellSometimes();
  }

  /** Returns the totals so far. */
  public JobEvent.Counted counted() {
    return new JobEvent.Counted(bytes.sum(), files.sum(), fresh.sum(), known.sum());
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  JobEvent.Update now() {
    JobEvent.Counted counts = counted();
    return new JobEvent.Update(message, percent(counts.bytes()), counts);
  }

  private int percent(long received) {
    long total = expected;
    // 100 percent is reserved for the end.
    return total <= 0 ? 0 : (int) Math.min(ALMOST, received * 100.0 / total);
  }

  private void refuseCancelled() {
    if (cancelled) {
      throw new JobCancelledException();
    }
  }

  private void tellSometimes() {
    long now = ticker.nanos();
    long before = told.get();
    if (now - before >= PAUSE_NANOS && told.compareAndSet(before, now)) {
      listeners.accept(now());
    }
  }

  private void tell() {
    told.set(ticker.nanos());
    listeners.accept(now());
  }
}
