package tf.grid.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The limits that a request was counted for, and the header fields that tell the client about them:
 * {@code RateLimit-Policy} and {@code RateLimit} of draft-ietf-httpapi-ratelimit-headers-08 and
 * later. Not thread-safe.
 */
public final class RateLimitFields {
  private static final String ATTRIBUTE = RateLimitFields.class.getName();

  private final Map<String, Limit> limits = new LinkedHashMap<>();

  private RateLimitFields() {}

  /**
   * A limit at the time of the request.
   *
   * @param count requests in a period
   * @param left requests that are possible at once
   * @param reset until the next one is, if none is left; else until all are
   */
  public record Limit(long count, Duration period, long left, Duration reset) {}

  /** Returns the limits of a request. */
  public static RateLimitFields of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof RateLimitFields fields) {
      return fields;
    }
    RateLimitFields fields = new RateLimitFields();
    request.setAttribute(ATTRIBUTE, fields);
    return fields;
  }

  /**
   * Adds a limit, or replaces it by the one that is closer.
   *
   * @param policy its name, a token
   */
  public void add(String policy, Limit limit) {
    limits.merge(policy, limit, (one, other) -> one.left() < other.left() ? one : other);
  }

  /** Whether the request was counted for no limit. */
  public boolean isEmpty() {
    return limits.isEmpty();
  }

  /** Adds the header fields to a response outside of the REST layer. */
  public void addTo(HttpServletResponse response) {
    if (!isEmpty()) {
      response.setHeader("RateLimit-Policy", policies());
      response.setHeader("RateLimit", state());
    }
  }

  /** The value of {@code RateLimit-Policy}. */
  public String policies() {
    return limits.entrySet().stream()
        .map(
            limit ->
                "\"%s\";q=%d;w=%d"
                    .formatted(
                        limit.getKey(),
                        limit.getValue().count(),
                        limit.getValue().period().toSeconds()))
        .collect(Collectors.joining(", "));
  }

  /** The value of {@code RateLimit}. */
  public String state() {
    return limits.entrySet().stream()
        .map(
            limit ->
                "\"%s\";r=%d;t=%d"
                    .formatted(
                        limit.getKey(), limit.getValue().left(), seconds(limit.getValue().reset())))
        .collect(Collectors.joining(", "));
  }

  /** Rounded up, so that a client that waits as long is not too early. */
  public static long seconds(Duration time) {
    return time.plusMillis(999).toSeconds();
  }
}
