package tf.grid.hub.limit;

/**
 * A monotonic clock for durations. Unlike {@link java.time.Clock}, it does not step when the time
 * of the system is set. Thread-safe.
 */
@FunctionalInterface
public interface Ticker {

  /** The ticker of the system. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since an arbitrary origin; only differences have a meaning. */
  long nanos();
}
