package tf.grid.hub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;

/**
 * A real OpenID Connect provider in a process of its own, with a user of its own for each of the
 * names below. Its class path is made by the build.
 */
public final class OpenIdServer implements AutoCloseable {
  /** The id of the hub at the provider. */
  public static final String CLIENT = "hub-at-the-provider";

  private static final Path CLASS_PATH = Path.of("target", "openid-server.classpath");
  private static final String MAIN = "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt";

  private final int port;
  private final Process process;

  private OpenIdServer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Starts it on a free port. */
  public static OpenIdServer start() {
    try {
      int port = FreePort.next();
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
    Await.until(
        "the OpenID Connect provider listens or ends", () -> listens() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("the OpenID Connect provider did not start");
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  /** The issuer, for {@code hub.auth.oidc.issuer}. */
  public URI issuer() {
    return URI.create("http://127.0.0.1:" + port + "/people");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
