package tf.grid.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tf.grid.hub.gateway.ConnectionLimit.Guest;

class ConnectionLimitTest {
  private static final int MOST = 6;
  private static final int SHARE = 4;

  private final InetAddress crowd = address(1);
  private final InetAddress other = address(2);
  private final InetAddress third = address(3);
  private final List<String> closed = new ArrayList<>();
  private long nanos;
  private final ConnectionLimit limit = new ConnectionLimit(MOST, SHARE, () -> nanos);

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<Guest> enter(InetAddress address, String name) {
    return limit.enter(address, () -> closed.add(name));
  }

  private Guest inside(InetAddress address, String name) {
    return enter(address, name).orElseThrow();
  }

  private void pass(int seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void an_address_with_its_share_gives_up_the_connection_that_moved_least() {
    for (int bytes : new int[] {5000, 10, 2000, 9000}) {
      inside(crowd, bytes + " bytes").moved(bytes);
    }
    pass(6);
    assertThat(enter(crowd, "new")).isPresent();
    assertThat(closed).containsExactly("10 bytes");
    assertThat(limit.inside()).isEqualTo(SHARE);
  }

  @Test
  void half_requests_that_were_large_once_make_room_too() {
    for (int i = 0; i < SHARE; i++) {
      inside(crowd, "half " + i).moved(100_000 + i);
    }
    pass(6);
    assertThat(enter(crowd, "new")).isEmpty();
    pass(240);
    assertThat(enter(crowd, "new")).isPresent();
    assertThat(closed).containsExactly("half 0");
  }

  @Test
  void new_connections_keep_their_room_for_a_moment() {
    for (int i = 0; i < SHARE; i++) {
      inside(crowd, "young");
    }
    pass(4);
    assertThat(enter(crowd, "new")).isEmpty();
    assertThat(closed).isEmpty();
  }

  @Test
  void the_address_with_the_most_connections_makes_room_for_others() {
    for (int i = 0; i < SHARE; i++) {
      inside(crowd, "busy " + i).moved(1_000_000 + i);
    }
    inside(other, "idle");
    inside(other, "idle");
    pass(6);
    assertThat(enter(third, "new")).isPresent();
    assertThat(closed).containsExactly("busy 0");
  }

  @Test
  void who_has_left_is_not_counted() {
    Guest guest = inside(crowd, "gone");
    limit.leave(guest);
    limit.leave(guest);
    assertThat(limit.inside()).isZero();
  }
}
