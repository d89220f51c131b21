package tf.grid.hub.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final int MOST = 3;

  private final List<Object> closed = new ArrayList<>();
  private long now;
  private final Connections connections = new Connections(MOST, () -> now);

  @Test
  void a_slow_client_stays_while_there_is_room() {
    open("slow");
    connections.began("slow");
    connections.answered("slow");
    pass(3600);
    connections.sent("slow", 1);

    open("other");

    assertThat(closed).isEmpty();
  }

  @Test
  void the_one_that_moved_least_makes_room() {
    for (String name : List.of("fast", "slow", "medium")) {
      open(name);
      connections.began(name);
      connections.answered(name);
    }
    connections.sent("fast", 1_000_000);
    connections.sent("slow", 1_000);
    connections.sent("medium", 10_000);
    pass(10);

    open("new");

    assertThat(closed).containsExactly("slow");
    assertThat(connections.open()).isEqualTo(MOST);
    assertThat(connections.shed()).isEqualTo(1);
  }

  @Test
  void what_moved_long_ago_does_not_count() {
    open("once");
    open("now");
    open("now too");
    for (String name : List.of("once", "now", "now too")) {
      connections.began(name);
      connections.answered(name);
    }
    connections.sent("once", 1_000_000);
    for (int i = 0; i < 3; i++) {
      pass(31);
      connections.sent("now", 10);
      connections.sent("now too", 10);
    }

    open("new");

    assertThat(closed).containsExactly("once");
  }

  @Test
  void a_request_that_the_hub_works_on_goes_last() {
    open("working");
    connections.received("working", 1);
    connections.began("working");
    for (String name : List.of("reading", "resting")) {
      open(name);
      connections.received(name, 1_000);
    }
    connections.began("reading");
    connections.answered("reading");
    pass(10);

    open("new");
    open("newer");

    assertThat(closed).containsExactlyInAnyOrder("reading", "resting");
  }

  @Test
  void among_new_connections_the_newest_is_refused() {
    for (String name : List.of("a", "b", "c", "d")) {
      open(name);
      now++;
    }

    assertThat(closed).containsExactly("d");
  }

  @Test
  void the_head_of_a_request_has_limited_time_however_often_a_byte_comes() {
    open("head");
    for (int i = 0; i < 29; i++) {
      pass(1);
      connections.received("head", 1);
    }
    assertThat(closed).isEmpty();

    pass(2);
    connections.received("head", 1);

    assertThat(closed).containsExactly("head");
    assertThat(connections.late()).isEqualTo(1);
  }

  @Test
  void so_has_the_head_of_the_next_request() {
    open("head");
    connections.began("head");
    pass(60);
    connections.answered("head");
    pass(60);
    connections.received("head", 1);
    pass(29);
    connections.received("head", 1);
    assertThat(closed).isEmpty();

    pass(2);
    connections.received("head", 1);

    assertThat(closed).containsExactly("head");
  }

  @Test
  void a_body_may_take_its_time() {
    open("upload");
    connections.began("upload");
    for (int i = 0; i < 100; i++) {
      pass(30);
      connections.received("upload", 1);
    }

    assertThat(closed).isEmpty();
  }

  private void open(String name) {
    connections.accepted(name, () -> closed.add(name));
  }

  private void pass(int seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }
}
