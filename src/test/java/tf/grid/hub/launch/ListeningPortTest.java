package tf.grid.hub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListeningPortTest {

  private final HttpServer other =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final int number = other.getAddress().getPort();
  private final ListeningPort port =
      new ListeningPort(InetAddress.getLoopbackAddress(), Optional.of(number));

  ListeningPortTest() throws IOException {
    other.start();
  }

  @AfterEach
  void stop() {
    other.stop(0);
  }

  @Test
  void a_port_that_another_program_has_is_reported_before_the_start() throws IOException {
    assertThatThrownBy(port::checkFree)
        .hasMessage("cannot listen on 127.0.0.1 port " + number + ": Address already in use");
    other.stop(0);
    port.checkFree();
  }

  @Test
  void a_port_that_another_program_has_taken_meanwhile_is_reported() {
    assertThatThrownBy(port::checkAnswer)
        .hasMessage(
            "port "
                + number
                + " at 127.0.0.1 does not belong to the hub: another program has taken it");
    other.stop(0);
    assertThatThrownBy(port::checkAnswer).hasMessageContaining("does not belong to the hub");
  }

  @Test
  void a_port_whose_program_knows_the_number_is_the_hubs_own() throws IOException {
    other.createContext(
        "/.started",
        exchange -> {
          if (exchange.getRequestURI().getQuery().equals(System.getProperty("hub.start.probe"))) {
            System.clearProperty("hub.start.probe");
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    port.checkAnswer();
    assertThat(System.getProperty("hub.start.probe")).isNull();
  }
}
