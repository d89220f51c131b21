package tf.grid.hub.image.registry;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.PullRateLimitException;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Origin;

/** Converts error responses of registries to exceptions. */
final class RegistryErrors {

  private static final long LONGEST_PAUSE = Duration.ofDays(1).toSeconds();

  private RegistryErrors() {}

  /**
   * Converts an error response.
   *
   * @param what what was requested, such as "the image x"
   * @param from the sender of the response
   * @param named whether credentials were sent
   */
  static PullException of(HttpReply reply, String what, Origin from, boolean named) {
    int status = reply.status();
    return switch (status) {
      case 401, 403 ->
          new RegistryAccessDeniedException(
              named
                  ? from + " refuses " + what + " to these credentials"
                  : what + " does not exist at " + from + ", or needs credentials");
      case 404 -> new ImageNotFoundException(from + " does not have " + what + page(reply));
      case 429 ->
          new PullRateLimitException(
              from + " grants no more pulls for now: try again later", pause(reply));
      default ->
          new SourceUnreachableException(
              from + " answered " + status + " for " + what + page(reply));
    };
  }

  /** Registries send errors as JSON; a web page indicates another server. */
  private static String page(HttpReply reply) {
    return HtmlPage.isAnnounced(reply)
        ? " (with an HTML page: check that this is the address of a registry)"
        : "";
  }

  /** Supports only seconds, because registries send no dates. */
  private static Optional<Duration> pause(HttpReply reply) {
    return reply
        .header("Retry-After")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(LONGEST_PAUSE, Long.parseLong(text))));
  }

  /**
   * Recognizes web pages that sign-in services, proxies and ordinary web servers send instead of a
   * registry response.
   */
  static final class HtmlPage {
    private HtmlPage() {}

    /** Whether the content type of a response is that of a web page. */
    static boolean isAnnounced(HttpReply reply) {
      String type = type(reply).toLowerCase(Locale.ROOT);
      return type.startsWith("text/html") || type.startsWith("application/xhtml");
    }

    /** Whether content looks like a web page; JSON never starts like this. */
    static boolean isContent(byte[] content) {
      int first = 0;
      while (first < content.length && content[first] <= ' ' && content[first] >= 0) {
        first++;
      }
      return first < content.length && content[first] == '<';
    }

    /**
     * Creates the exception to report.
     *
     * @param from the sender of the response
     * @param what what was requested, such as "the image x"
     */
    static MalformedImageException instead(HttpReply reply, Origin from, String what) {
      return new MalformedImageException(
          from
              + " answered with an HTML page (status "
              + reply.status()
              + ", content type "
              + type(reply)
              + ") when asked for "
              + what
              + ": check that this is the address of a registry, and whether a sign-in page or a"
              + " proxy stands in front of it");
    }

    private static String type(HttpReply reply) {
      String type = reply.header("Content-Type").orElse("").replaceAll("[^ -~]", "?");
      return type.isEmpty() ? "none" : type.substring(0, Math.min(100, type.length()));
    }
  }
}
