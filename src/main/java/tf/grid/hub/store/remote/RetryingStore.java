package tf.grid.hub.store.remote;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;

/**
 * Retries when a store could not be reached, with exponential backoff, until it answers or the time
 * for retries is over; so that an upload survives a restart of the store. That time begins with the
 * first failure of any call since the store has answered one, and at the latest with the begin of
 * the call. When it is over, calls fail at once but for one at a time, because their threads are
 * needed by others that wait. All other failures are passed on. Thread-safe.
 */
public final class RetryingStore implements ChunkStore {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final ChunkStore store;
  private final Duration maxRetryTime;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final RandomGenerator random;

  /** Null while the store answers. */
  private volatile Outage outage;

  /**
   * Wraps a store, which it closes when it is closed.
   *
   * @param maxRetryTime from the first failed attempt to the last retry
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

  /** Without retries: it is asked when the hub starts, which does not need the store. */
  @Override
  public void probe() {
    store.probe();
    outage = null;
  }

  private <T> T retrying(Supplier<T> call) {
    Outage lasting = outage;
    if (lasting != null && lasting.isLong() && !lasting.mayBeOver()) {
      return trying(call, lasting);
    }
    long begun = ticker.nanos();
    Duration wait = FIRST_WAIT;
    while (true) {
      long attempted = ticker.nanos();
      try {
        return answered(call.get());
      } catch (StoreUnreachableException e) {
        // If the store answers others but not this call, the outage begins again and again.
        Duration elapsed = longer(since(begun), failed(attempted, e).elapsed());
        sleep(elapsed, jittered(wait), e);
        wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
      }
    }
  }

  /** Lets one call find out whether the store is back, and fails the others at once. */
  private <T> T trying(Supplier<T> call, Outage lasting) {
    if (!lasting.tried.compareAndSet(false, true)) {
      throw lasting.failure();
    }
    try {
      return answered(call.get());
    } catch (StoreUnreachableException e) {
      lasting.failed(e);
      throw e;
    } finally {
      lasting.tried.set(false);
    }
  }

  private <T> T answered(T answer) {
    outage = null;
    return answer;
  }

  /** The outage that a failed attempt belongs to. */
  private synchronized Outage failed(long attempted, StoreUnreachableException failure) {
    Outage lasting = outage; // a call that succeeds ends it at any time
    if (lasting == null || lasting.mayBeOver()) {
      lasting = new Outage(attempted, failure);
      outage = lasting;
    } else {
      lasting.failed(failure);
    }
    return lasting;
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

  /** A time in which attempts fail. */
  private final class Outage {
    private final long since;
    private final AtomicBoolean tried = new AtomicBoolean();
    private volatile StoreUnreachableException failure;
    private volatile long lastFailed;

    /** Begins with the first attempt that fails. */
    Outage(long since, StoreUnreachableException failure) {
      this.since = since;
      failed(failure);
    }

    final void failed(StoreUnreachableException latest) {
      lastFailed = ticker.nanos();
      failure = latest;
    }

    /** The latest one, for another thread. */
    StoreUnreachableException failure() {
      return new StoreUnreachableException(failure.getMessage(), failure);
    }

    Duration elapsed() {
      return since(since);
    }

    boolean isLong() {
      return elapsed().compareTo(maxRetryTime) > 0;
    }

    /** Whether nobody has tried for longer than an attempt takes. */
    boolean mayBeOver() {
      return ticker.nanos() - lastFailed > QUIET.toNanos();
    }
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(ticker.nanos() - nanos);
  }

  /** Between half of the time and all of it. */
  private Duration jittered(Duration wait) {
    long half = wait.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void close() {
    store.close();
  }
}
