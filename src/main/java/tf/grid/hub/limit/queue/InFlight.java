package tf.grid.hub.limit.queue;

/** Work that stores chunks, or relies on stored ones, and publishes a flist at its end. */
@FunctionalInterface
public interface InFlight {
  /** For tests without a collection. */
  InFlight UNTRACKED = () -> () -> {};

  /** Keeps every chunk that anyone uses from now on until the lease is closed. */
  Lease open();

  /** The time between the begin of work and its end; closing it twice has no effect. */
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }
}
