package tf.grid.hub.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tf.grid.hub.HandClock;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkStoreContract;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;

class RetryingStoreTest implements ChunkStoreContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FlakyStore flaky = new FlakyStore();
  private final List<Duration> waits = new ArrayList<>();
  private final HandClock clock = new HandClock(Instant.EPOCH);
  private final RetryingStore store =
      new RetryingStore(flaky, PATIENCE, clock, this::sleep, new Random(1));

  private Runnable whileWaiting = () -> {};

  private synchronized void sleep(Duration wait) {
    waits.add(wait);
    clock.pass(wait);
    whileWaiting.run();
  }

  @Override
  public ChunkStore store() {
    return store;
  }

  @Test
  void it_waits_longer_each_time_until_the_store_answers() {
    StoredChunk one = chunk(1, 100);
    flaky.failNext(new StoreUnreachableException("away", null), 4);
    store.put(List.of(one));
    assertThat(store.get(one.id())).hasValue(bytes(one));
    assertThat(waits).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(waits.get(i)).isBetween(Duration.ofMillis(50L << i), Duration.ofMillis(100L << i));
    }
  }

  @Test
  void it_gives_up_when_its_patience_is_over() {
    flaky.failNext(new StoreUnreachableException("away", null), Integer.MAX_VALUE);
    assertThatThrownBy(() -> store.get(chunk(1, 10).id()))
        .isInstanceOf(StoreUnreachableException.class);
    Duration waited = waits.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(PATIENCE.minusSeconds(6), PATIENCE);
    assertThat(waits).allMatch(wait -> wait.toMillis() <= 5_000);
  }

  @Test
  void the_time_of_calls_that_hang_counts_too() {
    flaky.failNext(new StoreUnreachableException("too slow", null), Integer.MAX_VALUE);
    flaky.timeOut = Duration.ofSeconds(10);
    long before = clock.nanos();

    assertThatThrownBy(() -> store.get(chunk(1, 10).id()))
        .isInstanceOf(StoreUnreachableException.class);

    assertThat(Duration.ofNanos(clock.nanos() - before))
        .isLessThanOrEqualTo(PATIENCE.plus(flaky.timeOut));
  }

  @Test
  void a_call_that_always_fails_gives_up_although_the_store_answers_others() {
    flaky.failNext(new StoreUnreachableException("this part is away", null), 100);
    whileWaiting = store::probe;

    assertThatThrownBy(() -> store.get(chunk(1, 10).id())).hasMessage("this part is away");

    assertThat(Duration.between(Instant.EPOCH, clock.instant())).isLessThanOrEqualTo(PATIENCE);
  }

  @Test
  void after_the_time_for_retries_calls_fail_at_once_until_the_store_answers() {
    StoredChunk one = chunk(1, 100);
    flaky.failNext(new StoreUnreachableException("away", null), Integer.MAX_VALUE);
    assertThatThrownBy(() -> store.get(one.id())).isInstanceOf(StoreUnreachableException.class);
    clock.pass(Duration.ofSeconds(6));
    waits.clear();

    assertThatThrownBy(() -> store.put(List.of(one))).hasMessage("away");
    assertThat(waits).isEmpty();

    flaky.failNext(null, 0);
    store.put(List.of(one));
    flaky.failNext(new StoreUnreachableException("away again", null), 1);
    assertThat(store.get(one.id())).hasValue(bytes(one));
    assertThat(waits).hasSize(1);
  }

  @Test
  void after_a_quiet_time_calls_are_retried_again() {
    flaky.failNext(new StoreUnreachableException("away", null), Integer.MAX_VALUE);
    ChunkId id = chunk(1, 10).id();
    assertThatThrownBy(() -> store.get(id)).isInstanceOf(StoreUnreachableException.class);
    clock.pass(Duration.ofMinutes(1));
    waits.clear();

    flaky.failNext(new StoreUnreachableException("still away", null), 2);
    assertThat(store.get(id)).isEmpty();
    assertThat(waits).hasSize(2);
  }

  @Test
  void one_call_at_a_time_finds_out_whether_the_store_is_back() {
    flaky.failNext(new StoreUnreachableException("away", null), Integer.MAX_VALUE);
    ChunkId id = chunk(1, 10).id();
    assertThatThrownBy(() -> store.get(id)).isInstanceOf(StoreUnreachableException.class);
    clock.pass(Duration.ofSeconds(6));
    List<String> others = new ArrayList<>();
    flaky.before =
        () -> {
          flaky.before = () -> others.add("reached the store");
          assertThatThrownBy(() -> store.get(id)).hasMessage("away").isNotSameAs(flaky.failure);
        };

    assertThatThrownBy(() -> store.get(id)).isInstanceOf(StoreUnreachableException.class);
    assertThat(others).isEmpty();
  }

  @Test
  void failures_that_do_not_pass_are_not_tried_again() {
    for (StoreException lasting :
        List.of(
            new StoreFullException("full", null),
            new StoreCorruptException("odd", null),
            new StoreAccessDeniedException("no", null))) {
      flaky.failNext(lasting, 1);
      assertThatThrownBy(() -> store.put(List.of(chunk(1, 10)))).isSameAs(lasting);
    }
    assertThat(waits).isEmpty();
  }

  @Test
  void a_thread_that_is_to_stop_stops() {
    RetryingStore interrupted =
        new RetryingStore(
            flaky,
            PATIENCE,
            clock,
            wait -> {
              throw new InterruptedException();
            },
            new Random(1));
    flaky.failNext(new StoreUnreachableException("away", null), 10);
    assertThatThrownBy(() -> interrupted.get(chunk(1, 10).id()))
        .isInstanceOf(StoreUnreachableException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void it_closes_what_it_wraps() {
    store.close();
    assertThat(flaky.closed).isTrue();
  }

  /** Fails every third call, and when told to. */
  private final class FlakyStore implements ChunkStore {
    private final Map<ChunkId, byte[]> chunks = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private StoreException failure;
    private Duration timeOut = Duration.ZERO;
    private Runnable before = () -> {};
    private boolean closed;

    void failNext(StoreException failing, int times) {
      calls.set(0);
      failure = failing;
      failures.set(times);
    }

    private void failSometimes() {
      before.run();
      if (failures.get() > 0) {
        failures.decrementAndGet();
        clock.pass(timeOut);
        throw failure;
      }
      if (calls.incrementAndGet() % 3 == 0) {
        throw new StoreUnreachableException("every third call fails", null);
      }
    }

    @Override
    public Optional<byte[]> get(ChunkId id) {
      failSometimes();
      return Optional.ofNullable(chunks.get(id));
    }

    @Override
    public void put(List<StoredChunk> put) {
      failSometimes();
      put.forEach(chunk -> chunks.put(chunk.id(), bytes(chunk)));
    }

    @Override
    public Set<ChunkId> missing(Collection<ChunkId> ids) {
      failSometimes();
      Set<ChunkId> missing = new HashSet<>(ids);
      missing.removeAll(chunks.keySet());
      return missing;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
