package tf.grid.hub.access;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a request says it comes from and goes to.
 *
 * <p>A hub without authentication trusts everyone who can reach it, and a browser on a trusted
 * machine can be made to send requests by any page it shows, also under a foreign name that was
 * made to resolve to the hub's address. The browser tells, in these three headers.
 *
 * @param host header {@code Host}, or null
 * @param origin header {@code Origin}, or null
 * @param fetchSite header {@code Sec-Fetch-Site}, or null
 * @param localAddress the address of this machine that the connection came to
 */
record RequestOrigin(String host, String origin, String fetchSite, String localAddress) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  /** Why the request is not trusted, or empty. */
  Optional<String> distrust(URI publicUrl) {
    Optional<URI> target = authority(host);
    if (target.isEmpty() || !knows(target.get().getHost(), publicUrl)) {
      return Optional.of(
          "this hub is not known by the host name of this request: set hub.public-url to the"
              + " address that users type");
    }
    return otherSite(publicUrl);
  }

  /** Why the request seems to come from a page of another site, or empty. */
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
