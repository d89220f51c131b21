package tf.grid.hub.metrics;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may read the metrics: clients on the same machine, and those with the token. Thread-safe.
 *
 * @param token for other machines; empty if only this machine may read
 */
public record MetricsAccess(Optional<String> token) {

  private static final String SCHEME = "bearer ";

  /** Set by proxies: the client may be elsewhere. */
  private static final List<String> PROXIED =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  boolean allows(HttpServletRequest request) {
    return isLocal(request)
        || Optional.ofNullable(request.getHeader("Authorization"))
            .filter(this::matches)
            .isPresent();
  }

  private static boolean isLocal(HttpServletRequest request) {
    try {
      // An address, so no name is looked up.
      return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
          && Stream.of(PROXIED.toArray(String[]::new))
              .map(request::getHeader)
              .allMatch(Objects::isNull);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private boolean matches(String header) {
    return token.isPresent()
        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            token.get().getBytes(StandardCharsets.UTF_8),
            header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
  }
}
