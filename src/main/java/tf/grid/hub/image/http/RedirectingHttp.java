package tf.grid.hub.image.http;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.NotConnectedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;

/**
 * Follows a limited number of redirects and checks each address. Only the first origin receives the
 * credentials. Thread-safe.
 */
public final class RedirectingHttp {

  private static final int MOST_REDIRECTS = 5;

  private final RegistryHttp http;
  private volatile boolean answered;

  public RedirectingHttp(RegistryHttp http) {
    this.http = http;
  }

  /**
   * The final response.
   *
   * @param reply not a redirect; to be closed
   * @param origin of the final URL
   */
  public record End(HttpReply reply, Origin origin) {}

  /**
   * Sends a GET request and follows redirects.
   *
   * @param headers sent to all origins
   * @param authorization the {@code Authorization} header; sent only to the origin of the URL
   */
  public End get(URI url, Map<String, String> headers, Optional<String> authorization)
      throws IOException {
    Origin first = Origin.of(url);
    URI next = url;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Origin origin = Origin.of(next);
      Map<String, String> sent = new HashMap<>(headers);
      if (origin.equals(first)) {
        authorization.ifPresent(value -> sent.put("Authorization", value));
      }
      HttpReply reply = send(next, sent);
      if (!isRedirect(reply)) {
        return new End(reply, origin);
      }
      try (reply) {
        next = target(next, reply);
      }
    }
    throw new MalformedImageException(
        first + " leads through more than " + MOST_REDIRECTS + " redirects");
  }

  private HttpReply send(URI url, Map<String, String> headers) throws IOException {
    try {
      HttpReply reply = http.get(url, headers);
      answered = true;
      return reply;
    } catch (NotConnectedException e) {
      if (answered) {
        // The registry itself was reached, so this is a failure of the redirect's target.
        throw new SourceUnreachableException(e.getMessage(), e);
      }
      throw e;
    }
  }

  private static boolean isRedirect(HttpReply reply) {
    return switch (reply.status()) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static URI target(URI from, HttpReply reply) throws MalformedImageException {
    try {
      return from.resolve(reply.header("Location").orElse("::"));
    } catch (IllegalArgumentException e) {
      throw new MalformedImageException(
          Origin.of(from) + " redirects to something that is no address", e);
    }
  }
}
