package tf.grid.hub.it.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.FreePort;
import tf.grid.hub.it.PlainServer;

/**
 * {@code hub.war} three times on a plain Payara Micro, which listens on all addresses and stays up
 * whatever fails: with a sign-in for trials, with a wrong setting, and with a part that does not
 * start.
 */
class PlainServerIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int PORT = FreePort.next();
  private static final int BROKEN_GATEWAY = FreePort.next();

  @TempDir private static Path home;
  private static PlainServer server;

  @BeforeAll
  static void start() throws IOException {
    archive("ROOT", FreePort.next(), "hub.auth.dev-login=true\nhub.http.host=127.0.0.1\n");
    archive("wrong", FreePort.next(), "hub.store=bogus\n");
    add(archive("broken", BROKEN_GATEWAY, "hub.auth.enabled=false\n"), FailingListener.class);
    server =
        PlainServer.start(
            home,
            Map.of(),
            List.of("--port", Integer.toString(PORT)),
            List.of(
                home.resolve("ROOT.war"), home.resolve("wrong.war"), home.resolve("broken.war")));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** A copy of the built archive with settings of its own. */
  private static Path archive(String name, int gateway, String settings) throws IOException {
    Path war = Files.copy(Path.of("target", "hub.war"), home.resolve(name + ".war"));
    try (FileSystem files = FileSystems.newFileSystem(war)) {
      Path directory = files.getPath("WEB-INF/classes/META-INF");
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve("microprofile-config.properties"),
          settings
              + "hub.data-dir="
              + home.resolve(name)
              + "\nhub.gateway.port="
              + gateway
              + "\nhub.public-url=http://localhost:"
              + PORT
              + "\n");
    }
    return war;
  }

  private static void add(Path war, Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (FileSystem files = FileSystems.newFileSystem(war);
        InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
      Path target = files.getPath("WEB-INF/classes", file);
      Files.createDirectories(target.getParent());
      Files.copy(bytes, target);
    }
  }

  @Test
  void a_sign_in_for_trials_serves_this_machine_only() throws Exception {
    assertThat(token("127.0.0.1", "User-Agent").statusCode()).isEqualTo(200);
    assertThat(token("127.0.0.1", "X-Forwarded-For").statusCode()).isEqualTo(403);
    Optional<InetAddress> other = otherAddress();
    if (other.isPresent()) {
      HttpResponse<String> answer = token(other.get().getHostAddress(), "User-Agent");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body())
          .contains("hub.auth.dev-login signs in users of the hub's own machine");
    }
  }

  @Test
  void a_hub_with_a_wrong_setting_answers_every_request_with_it() throws Exception {
    String reason = "the hub could not start: hub.store is 'bogus', but must be one of";
    for (String path : List.of("/wrong/api/flist", "/wrong/", "/wrong/alice/a.flist")) {
      HttpResponse<String> answer =
          CLIENT.send(
              HttpRequest.newBuilder(uri("127.0.0.1", path)).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(503);
      assertThat(answer.body()).as(path).contains(reason);
    }
    assertThat(server.log().lines().filter(line -> line.contains("hub.store is 'bogus'")))
        .hasSize(1);
  }

  @Test
  void a_hub_whose_deployment_fails_leaves_no_port_open() throws IOException {
    assertThat(server.log()).contains(FailingListener.MESSAGE);
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), BROKEN_GATEWAY).close())
        .hasMessageContaining("Connection refused");
  }

  private static HttpResponse<String> token(String host, String header) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(host, "/api/tokens"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(header, "192.0.2.8")
            .POST(BodyPublishers.ofString("user=mallory"))
            .build(),
        BodyHandlers.ofString());
  }

  private static URI uri(String host, String path) {
    return URI.create("http://" + host + ":" + PORT + path);
  }

  /** An IPv4 address of this machine that is not of the loopback interface. */
  private static Optional<InetAddress> otherAddress() throws IOException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
        .findFirst();
  }
}
