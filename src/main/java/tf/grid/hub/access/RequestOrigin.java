package tf.grid.hub.access;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The origin and target of a request according to its headers.
 *
 * <p>A hub without authentication trusts every client that can reach it. Any website open in a
 * browser on a trusted machine could send requests, also through DNS rebinding. These three
 * headers, set by the browser, reveal that.
 *
 * @param host header {@code Host}, or null
 * @param origin header {@code Origin}, or null
 * @param fetchSite header {@code Sec-Fetch-Site}, or null
 * @param localAddress the local address of the connection
 */
record RequestOrigin(String host, String origin, String fetchSite, String localAddress) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  /** Returns why the request is not trusted, or empty. */
  Optional<String> distrust(URI publicUrl) {
    Optional<URI> target = authority(host);
    if (target.isEmpty() || !knows(target.get().getHost(), publicUrl)) {
      return Optional.of(
          "this hub is not known by the host name of this request: set hub.public-url to the"
              + " address that users type");
    }
    return otherSite(publicUrl);
  }

  /** Returns why the request seems to be cross-site, or empty. */
  Optional<String> otherSite(URI publicUrl) {
    boolean foreignSite = fetchSite != null && !OWN_SITES.contains(fetchSite);
    return foreignSite || (origin != null && !isOwn(publicUrl))
        ? Optional.of("changes from another site are refused")
        : Optional.empty();
  }

  private boolean knows(String name, URI publicUrl) {
    String lower = name.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(lower)
        || lower.equalsIgnoreCase(publicUrl.getHost())
        || lower.equals(bracketed(localAddress));
  }

  private boolean isOwn(URI publicUrl) {
    String given = origin.toLowerCase(Locale.ROOT);
    String target =
        authority(host).map(known -> known.getAuthority().toLowerCase(Locale.ROOT)).orElse("");
    return given.equals(originOf(publicUrl))
        || given.equals("http://" + target)
        || given.equals("https://" + target);
  }

  private static String originOf(URI url) {
    return (url.getScheme() + "://" + url.getAuthority()).toLowerCase(Locale.ROOT);
  }

  private static String bracketed(String address) {
    return address.indexOf(':') < 0 ? address : "[" + address + "]";
  }

  private static Optional<URI> authority(String host) {
    try {
      URI uri = URI.create("http://" + host);
      boolean plain = host != null && uri.getHost() != null && uri.getUserInfo() == null;
      return plain && host.equals(uri.getAuthority()) ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
