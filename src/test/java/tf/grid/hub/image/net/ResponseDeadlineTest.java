package tf.grid.hub.image.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.net.AddressGuard.NameLookup;

/** Servers that always send a little more do not keep who asks them. */
class ResponseDeadlineTest {
  private static final Duration SILENCE = Duration.ofMillis(500);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private ServerSocket server;
  private GuardedHttp http;
  private URI url;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    url = URI.create("http://" + name() + "/");
    http = open(SILENCE);
  }

  private String name() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private GuardedHttp open(Duration patience) throws IOException {
    AddressGuard guard = new AddressGuard(Set.of(name()), false, NameLookup.SYSTEM);
    return GuardedHttp.open(guard, Optional.empty(), patience, patience);
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
    Duration silence = Duration.ofSeconds(3);
    Future<Integer> sending =
        threads.submit(() -> sendSlowBody(silence.multipliedBy(4).plusSeconds(1)));
    try (GuardedHttp patient = open(silence);
        HttpReply reply = patient.get(url, Map.of())) {
      byte[] one = new byte[1];
      int bytes = 0;
      while (reply.read(one, 0, 1) > 0) {
        bytes++;
      }
      assertThat(bytes).isEqualTo(sending.get());
    }
  }

  private boolean sendUntilCut(String again) throws Exception {
    try (Socket client = server.accept()) {
      if (again.contains("200")) {
        client.getOutputStream().write(again.getBytes(US_ASCII));
      }
      String more = again.contains("200") ? "y" : again;
      OutputStream out = client.getOutputStream();
      Await.until("the connection is cut", () -> isCut(out, more));
      return true;
    }
  }

  private static boolean isCut(OutputStream out, String more) {
    try {
      out.write(more.getBytes(US_ASCII));
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  /** Sends for longer than all headers might take, and counts the bytes. */
  private int sendSlowBody(Duration headers) throws Exception {
    AtomicInteger sent = new AtomicInteger();
    try (Socket client = server.accept()) {
      OutputStream out = client.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
      long end = System.nanoTime() + headers.toNanos();
      Await.until(
          "the time for headers is over",
          () -> {
            out.write('x');
            sent.incrementAndGet();
            return System.nanoTime() > end;
          });
    }
    return sent.get();
  }
}
