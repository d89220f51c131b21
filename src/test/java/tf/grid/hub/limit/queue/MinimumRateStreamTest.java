package tf.grid.hub.limit.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tf.grid.hub.limit.rate.MinimumRate;

class MinimumRateStreamTest {

  private static final byte[] BYTES = new byte[1 << 20];

  private long taken;
  private long now;
  private final Flow flow = new Flow(() -> now);

  @Test
  void a_client_that_reads_a_little_now_and_then_is_given_up_after_a_minute() {
    MinimumRateStream out = taking(MinimumRateStream.MINIMUM_BYTES_PER_SECOND / 2);

    assertThatThrownBy(() -> out.write(BYTES))
        .isInstanceOf(IOException.class)
        .hasMessage("the client reads less than 16 KiB a second");
    assertThat(Duration.ofNanos(now)).isBetween(MinimumRate.GRACE, Duration.ofSeconds(63));
  }

  @Test
  void a_client_that_keeps_the_slowest_pace_may_take_hours() {
    MinimumRateStream out = taking(MinimumRateStream.MINIMUM_BYTES_PER_SECOND + 100);

    assertThatCode(
            () -> {
              for (int i = 0; i < 100; i++) {
                out.write(BYTES);
              }
            })
        .doesNotThrowAnyException();
    assertThat(Duration.ofNanos(now)).isGreaterThan(Duration.ofHours(1));
  }

  @Test
  void the_time_until_the_next_chunk_is_there_does_not_count() throws IOException {
    MinimumRateStream out = taking(1 << 20);
    for (int i = 0; i < 10; i++) {
      out.write(7);
      now += Duration.ofMinutes(1).toNanos();
    }
    assertThat(taken).isEqualTo(10);
  }

  @Test
  void a_client_that_has_lost_its_place_gets_no_more() throws IOException {
    MinimumRateStream out = taking(1 << 20);
    out.write(BYTES);
    flow.revoke();
    assertThatThrownBy(() -> out.write(BYTES))
        .isInstanceOf(IOException.class)
        .hasMessage("the client reads slowly, and others wait");
    assertThat(taken).isLessThan(2L * BYTES.length);
  }

  @Test
  void the_time_that_the_client_takes_makes_the_flow_slow() throws IOException {
    taking(50_000).write(BYTES);
    assertThat(flow.knownRate().orElseThrow()).isBetween(45_000L, 55_000L);
  }

  /** To a client that takes so many bytes in a second. */
  private MinimumRateStream taking(int bytes) {
    OutputStream client =
        new OutputStream() {
          @Override
          public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] source, int offset, int count) {
            taken += count;
            now += Duration.ofSeconds(1).toNanos() * count / bytes;
          }
        };
    return new MinimumRateStream(client, () -> now, flow);
  }
}
