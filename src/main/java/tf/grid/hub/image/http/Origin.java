package tf.grid.hub.image.http;

import java.net.URI;
import java.util.Locale;
import tf.grid.hub.image.PullException.MalformedImageException;

/**
 * The origin of a URL; credentials are sent only to the same origin.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name, or an address without brackets, in lower case
 * @param port always explicit
 */
public record Origin(String scheme, String host, int port) {

  /**
   * Returns the origin of a URL.
   *
   * @throws MalformedImageException if it is not an HTTP URL
   */
  public static Origin of(URI url) throws MalformedImageException {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getPort() > 65_535) {
      throw new MalformedImageException(
          "the registry's address, or one that it leads to, is no plain web address in a form that"
              + " this hub takes: hosts are written as a name or as 192.0.2.1");
    }
    int usual = scheme.equals("https") ? 443 : 80;
    String host = url.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    return new Origin(scheme, host, url.getPort() < 0 ? usual : url.getPort());
  }

  /** Whether the connection is not encrypted. */
  public boolean isPlain() {
    return scheme.equals("http");
  }

  private boolean isUsualPort() {
    return port == 443 || port == 80;
  }

  /** Whether a configured entry (a host with optional port) matches this origin. */
  public boolean isNamedBy(String entry) {
    return entry.equals(toString()) || (isUsualPort() && entry.equals(shownHost()));
  }

  private String shownHost() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** Returns host and port, for messages. */
  @Override
  public String toString() {
    return shownHost() + ":" + port;
  }
}
