package tf.grid.hub.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tf.grid.hub.HandClock;
import tf.grid.hub.http.body.BodyException.BodyCutOffException;
import tf.grid.hub.http.body.BodyException.BodyTooLargeException;
import tf.grid.hub.http.body.SmallBodies.Sender;
import tf.grid.hub.limit.TryAgainLaterException;

class SmallBodiesTest {
  private final HandClock clock = new HandClock(Instant.EPOCH);
  private final SmallBodies bodies = new SmallBodies(clock);

  @Test
  void anonymous_requests_are_limited_and_users_are_not() throws IOException {
    assertThat(withAnonymous(SmallBodies.PERMITS - 1, Sender.ANONYMOUS)).isEqualTo(3);
    assertThatThrownBy(() -> withAnonymous(SmallBodies.PERMITS, Sender.ANONYMOUS))
        .isInstanceOf(TryAgainLaterException.class)
        .hasMessageContaining("try again later");
    assertThat(withAnonymous(SmallBodies.PERMITS, Sender.USER)).isEqualTo(3);
  }

  /** Reads a body while anonymous requests are still being sent. */
  private int withAnonymous(int anonymous, Sender sender) throws IOException {
    return anonymous == 0
        ? bodies.read(sender, body(3), 3, in -> in.readAllBytes().length)
        : bodies.read(Sender.ANONYMOUS, body(0), 3, in -> withAnonymous(anonymous - 1, sender));
  }

  @Test
  void a_body_without_end_is_read_up_to_its_limit() {
    CountedZeros endless = new CountedZeros();

    assertThatThrownBy(
            () -> bodies.read(Sender.ANONYMOUS, endless, 16_384, InputStream::readAllBytes))
        .isInstanceOf(BodyTooLargeException.class);
    assertThat(endless.count).isLessThan(50_000);
  }

  @Test
  void a_body_that_trickles_in_fast_enough_for_large_ones_is_cut_off() {
    InputStream slow =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            clock.pass(Duration.ofSeconds(1));
            return Math.min(length, 1100);
          }
        };

    for (Sender sender : Sender.values()) {
      Instant start = clock.instant();
      assertThatThrownBy(() -> bodies.read(sender, slow, 600_000, InputStream::readAllBytes))
          .isInstanceOf(BodyCutOffException.class)
          .hasMessageContaining("longer than 10 seconds");
      assertThat(Duration.between(start, clock.instant())).isLessThan(Duration.ofSeconds(15));
    }
  }

  private static InputStream body(int bytes) {
    return new ByteArrayInputStream(new byte[bytes]);
  }

  private static final class CountedZeros extends InputStream {
    private long count;

    @Override
    public int read() {
      count++;
      return 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      count += length;
      return length;
    }
  }
}
