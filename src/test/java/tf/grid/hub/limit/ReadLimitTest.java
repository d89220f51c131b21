package tf.grid.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;

class ReadLimitTest {

  @Test
  void no_more_are_taken_at_once_than_there_are() throws Exception {
    ReadLimit readLimit = new ReadLimit(2, 50, Duration.ofMinutes(1));
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Integer>> all = new ArrayList<>();

    for (int i = 0; i < 8; i++) {
      all.add(
          threads.submit(
              () ->
                  readLimit.take(
                      () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Await.until("two are taken at once", () -> most.get() >= 2);
                        return now.decrementAndGet();
                      })));
    }
    for (Future<Integer> one : all) {
      one.get();
    }
    threads.shutdown();

    assertThat(most).hasValue(2);
  }

  @Test
  void who_waits_too_long_is_told_when_to_come_back() throws IOException {
    ReadLimit readLimit = new ReadLimit(1, 50, Duration.ofMillis(10));

    readLimit.take(
        () -> {
          assertThatThrownBy(() -> readLimit.take(() -> "never"))
              .isInstanceOfSatisfying(
                  TryAgainLaterException.class,
                  busy -> assertThat(busy.retryAfter().orElseThrow()).isPositive());
          return null;
        });
  }

  @Test
  void a_full_queue_takes_nobody() throws IOException {
    ReadLimit readLimit = new ReadLimit(1, 0, Duration.ofMinutes(1));

    assertThatThrownBy(() -> readLimit.take(() -> "never"))
        .isInstanceOf(TryAgainLaterException.class);
  }

  @Test
  void a_turn_that_failed_is_given_back() throws IOException {
    ReadLimit readLimit = new ReadLimit(1, 50, Duration.ofMillis(10));
    assertThatThrownBy(
            () ->
                readLimit.take(
                    () -> {
                      throw new IOException("damaged");
                    }))
        .hasMessage("damaged");

    assertThat(readLimit.take(() -> "read")).isEqualTo("read");
  }
}
