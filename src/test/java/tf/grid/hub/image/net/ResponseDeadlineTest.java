package tf.grid.hub.image.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.net.AddressGuard.NameLookup;

/** Servers that always send a little more do not keep who asks them. */
@Timeout(60)
class ResponseDeadlineTest {
  private static final Duration CONNECT = Duration.ofMillis(500);
  private static final Duration SILENCE = Duration.ofMillis(500);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private ServerSocket server;
  private GuardedHttp http;
  private URI url;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    String name = "127.0.0.1:" + server.getLocalPort();
    http =
        GuardedHttp.open(
            new AddressGuard(Set.of(name), false, NameLookup.SYSTEM),
            Optional.empty(),
            CONNECT,
            SILENCE);
    url = URI.create("http://" + name + "/");
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n"})
  void an_answer_that_never_begins_is_given_up_and_its_connection_cut(String again)
      throws Exception {
    Future<Boolean> sending = threads.submit(() -> sendUntilCut(again));
    assertThatThrownBy(() -> http.get(url, Map.of()))
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessageContaining("did not answer in time");
    assertThat(sending.get()).isTrue();
  }

  @Test
  void an_answer_in_time_may_be_read_for_longer() throws Exception {
    Future<?> sending = threads.submit(this::sendSlowBody);
    try (HttpReply reply = http.get(url, Map.of())) {
      byte[] one = new byte[1];
      int bytes = 0;
      while (reply.read(one, 0, 1) > 0) {
        bytes++;
      }
      assertThat(bytes).isEqualTo(12);
    }
    sending.get();
  }

  private boolean sendUntilCut(String again) throws InterruptedException {
    try (Socket client = server.accept()) {
      if (again.contains("200")) {
        client.getOutputStream().write(again.getBytes(US_ASCII));
      }
      String more = again.contains("200") ? "y" : again;
      while (true) {
        client.getOutputStream().write(more.getBytes(US_ASCII));
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (IOException cut) {
      return true;
    }
  }

  /** Takes longer than all headers might, with pauses that are allowed. */
  private Void sendSlowBody() throws Exception {
    try (Socket client = server.accept()) {
      String start = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n";
      client.getOutputStream().write(start.getBytes(US_ASCII));
      for (int i = 0; i < 12; i++) {
        TimeUnit.MILLISECONDS.sleep(200);
        client.getOutputStream().write('x');
      }
    }
    return null;
  }
}
