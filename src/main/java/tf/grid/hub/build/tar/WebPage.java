package tf.grid.hub.build.tar;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import tf.grid.hub.build.tar.header.TarException;

/** Recognizes web pages that were saved instead of an archive, such as sign-in pages. */
final class WebPage {
  private WebPage() {}

  /**
   * Rejects content that starts like a web page.
   *
   * @param start the first bytes of the archive
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
