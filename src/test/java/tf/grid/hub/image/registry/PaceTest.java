package tf.grid.hub.image.registry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tf.grid.hub.image.PullException.SourceUnreachableException;

class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pace pace = new Pace("the layer");

  @Test
  void a_byte_now_and_then_is_given_up_after_a_minute() throws Exception {
    for (int i = 0; i < Pace.PATIENCE.toSeconds(); i++) {
      pace.came(1, SECOND);
    }
    assertThatThrownBy(() -> pace.came(1, SECOND))
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessage("the layer comes with less than 16 KiB a second");
  }

  @Test
  void whoever_keeps_the_slowest_pace_may_take_hours() {
    assertThatCode(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                pace.came((int) Pace.SLOWEST, SECOND);
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void what_came_fast_at_first_makes_up_for_a_pause() throws Exception {
    pace.came((int) (Pace.SLOWEST * 300), SECOND);
    pace.came(1, 250 * SECOND);
    assertThatThrownBy(() -> pace.came(1, 60 * SECOND))
        .isInstanceOf(SourceUnreachableException.class);
  }
}
