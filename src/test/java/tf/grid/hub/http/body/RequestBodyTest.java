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

class RequestBodyTest {
  private final HandClock clock = new HandClock(Instant.EPOCH);

  @Test
  void as_much_as_is_allowed_passes() throws IOException {
    assertThat(body(new byte[100], 0, 100).readAllBytes()).hasSize(100);
  }

  @Test
  void one_byte_more_is_refused() {
    assertThatThrownBy(() -> body(new byte[101], 0, 100).readAllBytes())
        .isInstanceOf(BodyTooLargeException.class)
        .hasMessageContaining("100 bytes");
  }

  @Test
  void a_byte_now_and_then_is_cut_off() {
    assertThatThrownBy(() -> body(new byte[1000], 20_000, 5000).readAllBytes())
        .isInstanceOf(BodyCutOffException.class)
        .hasMessageContaining("bytes a second");
    assertThat(clock.millis()).isLessThan(100_000);
  }

  @Test
  void time_that_the_hub_takes_is_not_held_against_the_client() throws IOException {
    InputStream body = body(new byte[1000], 0, 5000);
    for (int i = 0; i < 1000; i++) {
      assertThat(body.read()).isZero();
      clock.pass(Duration.ofMinutes(1));
    }
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void a_broken_connection_is_named() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset by 10.1.2.3");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(new RequestBody(broken, 10, clock)::read)
        .isInstanceOf(BodyCutOffException.class)
        .hasMessage("the body was cut off before its end");
  }

  /** A body whose every byte takes some time to come. */
  private InputStream body(byte[] bytes, long millisEach, long limit) {
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            clock.pass(Duration.ofMillis(millisEach));
            return super.read(target, offset, Math.min(length, 1));
          }
        };
    return new RequestBody(slow, limit, clock);
  }
}
