package tf.grid.hub.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/**
 * Asks again when a store could not be reached, waiting longer each time, until it answers or the
 * patience is over; so that an upload outlives a restart of the store. All other failures go
 * straight through. Belongs right around a remote store. Threads may share it.
 */
public final class RetryingStore implements ChunkStore {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final ChunkStore store;
  private final Duration patience;
  private final Clock clock;
  private final Sleeper sleeper;
  private final RandomGenerator random;

  /**
   * Wraps a store, which it closes when it is closed.
   *
   * @param patience after the first failure of a call no retry begins later than this
   * @param random spreads the retries of many callers
   */
  public RetryingStore(
      ChunkStore store, Duration patience, Clock clock, Sleeper sleeper, RandomGenerator random) {
    this.store = store;
    this.patience = patience;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
  }

  /** Waits; in the product, {@code duration -> Thread.sleep(duration.toMillis())}. */
  public interface Sleeper {
    /** Returns after about this time, or throws when the thread is to stop. */
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
    Instant end = null;
    while (true) {
      try {
        return call.get();
      } catch (StoreUnreachableException e) {
        end = end == null ? clock.instant().plus(patience) : end;
        sleepBefore(end, jittered(wait), e);
        wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
      }
    }
  }

  private void sleepBefore(Instant end, Duration wait, StoreUnreachableException failure) {
    if (clock.instant().plus(wait).isAfter(end)) {
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
