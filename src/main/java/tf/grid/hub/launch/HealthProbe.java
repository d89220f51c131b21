package tf.grid.hub.launch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks a hub on this machine whether it is ready, for container images, which have no other client:
 * prints the answer and ends with status 0 if it is, otherwise 1.
 */
public final class HealthProbe {

  private static final int TIMEOUT_MILLIS = 10_000;

  private HealthProbe() {}

  /**
   * Asks once.
   *
   * @param args none; the port is in {@code HUB_HTTP_PORT}
   */
  public static void main(String[] args) {
    String port = Optional.ofNullable(System.getenv("HUB_HTTP_PORT")).orElse("8080");
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/health/ready")
                  .toURL()
                  .openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      byte[] body =
          (status == 200 ? connection.getInputStream() : connection.getErrorStream())
              .readAllBytes();
      System.out.print(new String(body, StandardCharsets.UTF_8));
      System.exit(status == 200 ? 0 : 1);
    } catch (IOException e) {
      System.out.println(e);
      System.exit(1);
    }
  }
}
