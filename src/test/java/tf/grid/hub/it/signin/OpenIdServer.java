package tf.grid.hub.it.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenID Connect provider in a process of its own, with a user of its own for each of the
 * names below. Its class path is made by the build.
 */
final class OpenIdServer implements AutoCloseable {
  static final String CLIENT = "hub-at-the-provider";
  private static final Path CLASS_PATH = Path.of("target", "openid-server.classpath");
  private static final String MAIN = "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final int port;
  private final Process process;

  private OpenIdServer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  static OpenIdServer start() {
    try {
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx128m",
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-cp",
              Files.readString(CLASS_PATH).strip(),
              MAIN);
      builder
          .environment()
          .putAll(
              Map.of(
                  "SERVER_PORT", Integer.toString(port),
                  "SERVER_HOSTNAME", "127.0.0.1",
                  "JSON_CONFIG", "{\"interactiveLogin\": true, \"httpServer\": \"NettyWrapper\"}"));
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      OpenIdServer server = new OpenIdServer(port, builder.start());
      server.awaitListening();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitListening() throws IOException {
    Instant limit = Instant.now().plus(LIMIT);
    while (!listens()) {
      if (!process.isAlive() || Instant.now().isAfter(limit)) {
        close();
        throw new AssertionError("the OpenID Connect provider did not start");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  URI issuer() {
    return URI.create("http://127.0.0.1:" + port + "/people");
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
