package tf.grid.hub.limit.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tf.grid.hub.limit.rate.RequestRate.Attempt;

class RequestRateTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong time = new AtomicLong(-5);
  private final RequestRate<String> rate = new RequestRate<>(6, Duration.ofMinutes(1), time::get);

  @Test
  void as_many_as_allowed_are_possible_at_once_and_then_one_at_a_time() {
    for (int left = 5; left >= 0; left--) {
      assertThat(rate.take("a"))
          .isEqualTo(new Attempt(true, left, Duration.ofSeconds(60 - 10L * left)));
    }
    assertThat(rate.take("a")).isEqualTo(new Attempt(false, 0, Duration.ofSeconds(10)));
    time.addAndGet(9 * SECOND);
    assertThat(rate.take("a")).isEqualTo(new Attempt(false, 0, Duration.ofSeconds(1)));
    time.addAndGet(SECOND);
    assertThat(rate.take("a").taken()).isTrue();
    assertThat(rate.take("a").taken()).isFalse();
  }

  @Test
  void refused_attempts_do_not_count_and_everything_is_free_after_the_period() {
    for (int i = 0; i < 100; i++) {
      rate.take("a");
    }
    time.addAndGet(60 * SECOND);
    assertThat(rate.take("a")).isEqualTo(new Attempt(true, 5, Duration.ofSeconds(10)));
    time.addAndGet(1_000 * SECOND);
    assertThat(rate.take("a").left()).isEqualTo(5);
  }

  @Test
  void each_key_has_its_own() {
    for (int i = 0; i < 7; i++) {
      rate.take("a");
    }
    assertThat(rate.take("a").taken()).isFalse();
    assertThat(rate.take("b").left()).isEqualTo(5);
  }
}
