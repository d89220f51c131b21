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
import tf.grid.hub.image.net.HttpReply;
import tf.grid.hub.image.net.Origin;

/** Says in our words what a registry says by a status code. */
final class RegistryErrors {

  private static final long LONGEST_PAUSE = Duration.ofDays(1).toSeconds();

  private RegistryErrors() {}

  /**
   * What an answer other than success means.
   *
   * @param what was asked for, such as "the image x"
   * @param from who answered
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

  /** Registries refuse with JSON; a page tells that something else may have answered. */
  private static String page(HttpReply reply) {
    return HtmlPage.isAnnounced(reply)
        ? " (with an HTML page: check that this is the address of a registry)"
        : "";
  }

  /** Seconds only: registries send no dates here. */
  private static Optional<Duration> pause(HttpReply reply) {
    return reply
        .header("Retry-After")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(LONGEST_PAUSE, Long.parseLong(text))));
  }

  /**
   * Recognizes the web pages that sign-in services, proxies and plain web servers send in place of
   * what a registry would send.
   */
  static final class HtmlPage {
    private HtmlPage() {}

    /** Whether an answer announces a page. */
    static boolean isAnnounced(HttpReply reply) {
      String type = type(reply).toLowerCase(Locale.ROOT);
      return type.startsWith("text/html") || type.startsWith("application/xhtml");
    }

    /** Whether some content is a page, or something like it: no JSON begins like this. */
    static boolean isContent(byte[] content) {
      int first = 0;
      while (first < content.length && content[first] <= ' ' && content[first] >= 0) {
        first++;
      }
      return first < content.length && content[first] == '<';
    }

    /**
     * The failure to report.
     *
     * @param from who answered
     * @param what was asked for, such as "the image x"
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
