package tf.grid.hub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import tf.grid.hub.limit.Ticker;

/** A clock that stands still until a test moves it. Safe for any number of threads. */
public final class HandClock extends Clock implements Ticker {

  private volatile Instant now;

  /** Begins at a time. */
  public HandClock(Instant start) {
    this.now = start;
  }

  /** Moves it on, or back. */
  public synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long nanos() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
