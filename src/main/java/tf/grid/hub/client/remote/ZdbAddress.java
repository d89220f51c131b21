package tf.grid.hub.client.remote;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a 0-db is.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param namespace that has the chunks
 */
public record ZdbAddress(String host, int port, String namespace) {
  private static final int USUAL_PORT = 9900;
  private static final String USUAL_NAMESPACE = "default";

  /**
   * Parses {@code HOST[:PORT][/NAMESPACE]}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ZdbAddress parse(String text) {
    try {
      URI uri = new URI("zdb://" + text);
      String path = uri.getPath();
      boolean plain = uri.getQuery() == null && uri.getFragment() == null;
      if (uri.getHost() != null && uri.getUserInfo() == null && plain && uri.getPort() <= 65_535) {
        return new ZdbAddress(
            uri.getHost().replaceAll("[\\[\\]]", ""),
            uri.getPort() < 1 ? USUAL_PORT : uri.getPort(),
            path.length() < 2 ? USUAL_NAMESPACE : path.substring(1));
      }
    } catch (URISyntaxException e) {
      // It is not of this form.
    }
    throw new IllegalArgumentException("'" + text + "' is not HOST[:PORT][/NAMESPACE]");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
