package tf.grid.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
  private long nanos;
  private final FailedLogins failures = new FailedLogins(() -> nanos);

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(number).array());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void each_failure_of_an_address_costs_twice_as_much_up_to_a_limit() {
    assertThat(failures.failed(address(1))).isEqualTo(Duration.ofMillis(50));
    assertThat(failures.failed(address(1))).isEqualTo(Duration.ofMillis(100));
    assertThat(failures.failed(address(2))).isEqualTo(Duration.ofMillis(50));
    for (int i = 0; i < 20; i++) {
      failures.failed(address(1));
    }
    assertThat(failures.failed(address(1))).isEqualTo(FailedLogins.LONGEST);
  }

  @Test
  void failures_are_forgotten_after_a_while() {
    failures.failed(address(1));
    failures.failed(address(1));
    nanos += FailedLogins.FORGOTTEN.toNanos() + 1;
    assertThat(failures.failed(address(1))).isEqualTo(FailedLogins.FIRST);
  }

  @Test
  void a_bounded_number_of_addresses_is_remembered() {
    failures.failed(address(0));
    for (int i = 1; i <= FailedLogins.MOST_ADDRESSES; i++) {
      failures.failed(address(i));
    }
    assertThat(failures.failed(address(0))).isEqualTo(FailedLogins.FIRST);
    assertThat(failures.failed(address(FailedLogins.MOST_ADDRESSES)))
        .isGreaterThan(FailedLogins.FIRST);
  }
}
