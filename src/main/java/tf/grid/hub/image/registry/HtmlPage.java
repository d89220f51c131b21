package tf.grid.hub.image.registry;

import java.util.Locale;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.net.HttpReply;
import tf.grid.hub.image.net.Origin;

/**
 * Recognizes the web pages that sign-in services, proxies and plain web servers send in place of
 * what a registry would send. Stateless.
 */
final class HtmlPage {
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
