package tf.grid.hub.wiring.property;

import java.util.Optional;

/**
 * Where the server listens, as far as it tells.
 *
 * @param host the address, empty when the server keeps it to itself
 * @param port the port
 */
public record HttpListener(Optional<String> host, int port) {

  private static final int USUAL_PORT = 8080;

  public static HttpListener from(Settings settings) {
    return new HttpListener(
        settings.text("hub.http.host"),
        settings
            .port("hub.http.port")
            .or(() -> settings.port("payaramicro.port"))
            .orElse(USUAL_PORT));
  }

  /** Whether only this machine can connect. */
  public boolean isLocal() {
    return host.filter(Loopback::names).isPresent();
  }
}
