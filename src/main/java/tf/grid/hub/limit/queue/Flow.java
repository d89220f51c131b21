package tf.grid.hub.limit.queue;

import java.time.Duration;
import java.util.OptionalLong;
import tf.grid.hub.limit.Ticker;

/**
 * Content that a peer sends or receives while work holds a place: how fast it moves, and whether
 * the place was taken away because of that. Only time spent waiting for the peer counts, not time
 * that the hub takes. One thread waits; the methods are safe for any number of threads.
 */
public final class Flow {

  /** A rate is known after so much waiting, and is an average over one or two times as much. */
  static final Duration PERIOD = Duration.ofSeconds(10);

  private final Ticker ticker;
  private Thread waiter;
  private long waitsSince;
  private long periodSince;
  private long waited;
  private long bytes;
  private long waitedBefore;
  private long bytesBefore;
  private boolean revoked;
  private boolean interrupted;
  private long rateAtEnd;

  /** Nothing was waited for yet. */
  public Flow(Ticker ticker) {
    this.ticker = ticker;
    this.periodSince = ticker.nanos();
  }

  /** For work that waits for nothing. */
  static Flow none() {
    return new Flow(Ticker.SYSTEM);
  }

  /** The calling thread waits for the peer until {@link #moved}. */
  public synchronized void waits() {
    waiter = Thread.currentThread();
    waitsSince = ticker.nanos();
  }

  /**
   * The wait is over.
   *
   * @param count bytes that were transferred; zero at the end, or if the wait failed
   */
  public synchronized void moved(long count) {
    settle();
    waiter = null;
    bytes += count;
    if (interrupted) {
      interrupted = false;
      boolean unused = Thread.interrupted(); // ended the wait; nothing else may see it
    }
  }

  /** Whether the work has lost its place, and must end. */
  public synchronized boolean isRevoked() {
    return revoked;
  }

  /** What the sender is told after {@link #revoke}. */
  public synchronized String reason() {
    return "came with "
        + rateAtEnd
        + " bytes a second while others waited for its place; below "
        + UploadLimit.FAIR_BYTES_PER_SECOND / 1024
        + " KiB a second a place is kept only as long as nobody waits: try again later, or from"
        + " a faster connection";
  }

  /** Forgets what was transferred until now. */
  synchronized void restart() {
    waited = 0;
    bytes = 0;
    waitedBefore = 0;
    bytesBefore = 0;
    periodSince = ticker.nanos();
    waitsSince = periodSince;
  }

  /** Takes the place away; ends the wait, if there is one. */
  synchronized void revoke() {
    settle();
    rateAtEnd = rate();
    revoked = true;
    if (waiter != null) {
      interrupted = true;
      waiter.interrupt();
    }
  }

  /** Bytes a second, if the peer was waited for long enough to tell. */
  synchronized OptionalLong knownRate() {
    settle();
    return waited + waitedBefore < PERIOD.toNanos()
        ? OptionalLong.empty()
        : OptionalLong.of(rate());
  }

  private long rate() {
    double seconds = Math.max(1, waited + waitedBefore) / 1e9;
    return (long) ((bytes + bytesBefore) / seconds);
  }

  /** Adds the wait until now, and begins another period when this one is over. */
  private void settle() {
    long now = ticker.nanos();
    if (waiter != null) {
      waited += now - waitsSince;
      waitsSince = now;
    }
    if (now - periodSince >= PERIOD.toNanos()) {
      waitedBefore = waited;
      bytesBefore = bytes;
      waited = 0;
      bytes = 0;
      periodSince = now;
    }
  }
}
