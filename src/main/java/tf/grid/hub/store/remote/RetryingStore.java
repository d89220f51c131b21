package tf.grid.hub.store.remote;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;

/**
 * Retries when a store could not be reached, with exponential backoff, until it answers or the time
 * for retries is over; so that an upload survives a restart of the store. All other failures are
 * passed on. It wraps a remote store directly. Thread-safe.
 */
public final class RetryingStore implements ChunkStore {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final ChunkStore store;
  private final Duration maxRetryTime;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final RandomGenerator random;

  /**
   * Wraps a store, which it closes when it is closed.
   *
   * @param maxRetryTime from the begin of a call to its last retry
   * @param random spreads the retries of many callers
   */
  public RetryingStore(
      ChunkStore store,
      Duration maxRetryTime,
      Ticker ticker,
      Sleeper sleeper,
      RandomGenerator random) {
    this.store = store;
    this.maxRetryTime = maxRetryTime;
    this.ticker = ticker;
    this.sleeper = sleeper;
    this.random = random;
  }

  /** Waits before a retry. */
  public interface Sleeper {
    /** Returns after about this time. */
    void sleep(Duration duration) throws InterruptedException;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return retrying(() -> store.get(id));
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    retrying(
        () -> {
          store.put(chunks);
          return true;
        });
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    return retrying(() -> store.missing(ids));
  }

  @Override
  public Set<ChunkId> lacking(Collection<ChunkId> ids) {
    return retrying(() -> store.lacking(ids));
  }

  /** Without patience: it is asked when the hub starts, which does not need the store. */
  @Override
  public void probe() {
    store.probe();
  }

  private <T> T retrying(Supplier<T> call) {
    Duration wait = FIRST_WAIT;
    long started = ticker.nanos();
    while (true) {
      try {
        return call.get();
      } catch (StoreUnreachableException e) {
        sleep(Duration.ofNanos(ticker.nanos() - started), jittered(wait), e);
        wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
      }
    }
  }

  private void sleep(Duration elapsed, Duration wait, StoreUnreachableException failure) {
    if (elapsed.plus(wait).compareTo(maxRetryTime) > 0) {
      throw failure;
    }
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /** Between half of the time and all of it. */
  private Duration jittered(Duration wait) {
    long half = wait.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void close() {
    store.close();
  }
}
