package tf.grid.hub.limit.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinimumRateTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MINIMUM = 16 << 10;

  private final MinimumRate rate = new MinimumRate(MINIMUM);

  @Test
  void a_byte_now_and_then_is_too_slow_after_the_grace_period() {
    for (int i = 0; i < MinimumRate.GRACE.toSeconds(); i++) {
      rate.add(1, SECOND);
      assertThat(rate.isMissed()).isFalse();
    }
    rate.add(1, SECOND);
    assertThat(rate.isMissed()).isTrue();
  }

  @Test
  void a_peer_that_keeps_the_minimum_may_take_hours() {
    for (int i = 0; i < 10_000; i++) {
      rate.add(MINIMUM, SECOND);
      assertThat(rate.isMissed()).isFalse();
    }
    assertThat(rate.waited()).isEqualTo(Duration.ofSeconds(10_000));
  }

  @Test
  void fast_bytes_at_first_make_up_for_a_pause() {
    rate.add(MINIMUM * 300, SECOND);
    rate.add(1, 250 * SECOND);
    assertThat(rate.isMissed()).isFalse();
    rate.add(1, 60 * SECOND);
    assertThat(rate.isMissed()).isTrue();
  }
}
