package tf.grid.hub.client.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.image.PullException.AddressForbiddenException;
import tf.grid.hub.image.PullException.NotConnectedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.bench.StandIn;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Origin;

class RegistryConnectionsTest {
  private final RegistryConnections connections = new RegistryConnections(Set.of("plain.example"));
  private StandIn server;

  @BeforeEach
  void open() throws IOException {
    server = StandIn.plain();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void a_response_has_its_status_headers_and_body() throws IOException {
    server.on("/v2/a", StandIn.content("hello".getBytes(UTF_8)));
    server.on("/v2/b", StandIn.status(401, "WWW-Authenticate", "Bearer realm=\"x\""));
    try (HttpReply reply = get("/v2/a")) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("content-length")).contains("5");
      assertThat(body(reply)).isEqualTo("hello");
    }
    try (HttpReply reply = get("/v2/b")) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers("www-authenticate")).containsExactly("Bearer realm=\"x\"");
      assertThat(reply.header("absent")).isEmpty();
      assertThat(reply.headers("absent")).isEmpty();
    }
  }

  @Test
  void a_redirect_is_not_followed() throws IOException {
    server.on("/v2/a", StandIn.status(307, "Location", "http://" + server.name() + "/v2/b"));
    try (HttpReply reply = get("/v2/a")) {
      assertThat(reply.status()).isEqualTo(307);
    }
    assertThat(server.requests("/v2/b")).isEmpty();
  }

  @Test
  void a_connection_that_breaks_is_a_failure_of_the_registry() throws IOException {
    server.on("/v2/a", StandIn.cutOff(new byte[1000], 10));
    try (HttpReply reply = get("/v2/a")) {
      assertThatThrownBy(() -> body(reply)).isInstanceOf(SourceUnreachableException.class);
    }
  }

  @Test
  void only_named_hosts_and_this_machine_may_be_without_tls() throws IOException {
    assertThat(connections.trusts(Origin.of(URI.create("http://localhost:5000/")))).isTrue();
    assertThat(connections.trusts(Origin.of(URI.create("http://plain.example/")))).isTrue();
    URI other = URI.create("http://other.example:5000/v2/");
    assertThat(connections.trusts(Origin.of(other))).isFalse();
    assertThatThrownBy(() -> connections.get(other, Map.of()))
        .isInstanceOf(AddressForbiddenException.class)
        .hasMessageContaining("--insecure-registry other.example:5000");
  }

  @Test
  void who_cannot_be_connected_to_is_told_apart() throws Exception {
    int free = FreePort.next();
    assertThatThrownBy(
            () -> connections.get(URI.create("http://127.0.0.1:" + free + "/"), Map.of()))
        .isInstanceOf(NotConnectedException.class)
        .hasMessageContaining("127.0.0.1:" + free);
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> answerPlainly(plain));
      URI encrypted = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/");
      assertThatThrownBy(() -> connections.get(encrypted, Map.of()))
          .isInstanceOf(NotConnectedException.class)
          .hasMessageContaining("TLS");
      Await.result(answer);
    }
  }

  private static void answerPlainly(ServerSocket server) {
    try (Socket peer = server.accept()) {
      peer.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
      peer.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpReply get(String path) throws IOException {
    return connections.get(URI.create("http://" + server.name() + path), Map.of());
  }

  private static String body(HttpReply reply) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[100];
    for (int n = reply.read(buffer, 0, 100); n >= 0; n = reply.read(buffer, 0, 100)) {
      body.write(buffer, 0, n);
    }
    return body.toString(UTF_8);
  }
}
