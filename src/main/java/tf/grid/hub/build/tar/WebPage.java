package tf.grid.hub.build.tar;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import tf.grid.hub.build.tar.header.TarException;

/** Knows what a download saves when a site asks to sign in. */
final class WebPage {
  private WebPage() {}

  /**
   * Refuses what begins as web pages do.
   *
   * @param start the first bytes of what should be an archive
   */
  static void refuse(byte[] start) throws TarException {
    String text = new String(start, StandardCharsets.ISO_8859_1).stripLeading();
    String lower = text.toLowerCase(Locale.ROOT);
    if (Stream.of("<!doctype", "<html", "<?xml").anyMatch(lower::startsWith)) {
      throw new TarException(
          "this is not a tar archive but a web page, perhaps one that asks to sign in:"
              + " download the archive again");
    }
  }
}
