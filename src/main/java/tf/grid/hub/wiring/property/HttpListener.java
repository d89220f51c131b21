package tf.grid.hub.wiring.property;

import java.util.Optional;

/**
 * The address of the server's HTTP listener.
 *
 * @param host the address; empty if the server does not state it
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

  /** Whether the address is a loopback address. */
  public boolean isLocal() {
    return host.filter(Loopback::names).isPresent();
  }
}
