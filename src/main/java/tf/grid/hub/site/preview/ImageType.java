package tf.grid.hub.site.preview;

import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.catalogue.browse.FileContent;

/**
 * Image formats that browsers display and that cannot contain scripts, recognized by their first
 * bytes.
 */
public enum ImageType {
  PNG("image/png", "\u0089PNG\r\n\u001a\n"),
  JPEG("image/jpeg", "\u00ff\u00d8\u00ff"),
  GIF_87("image/gif", "GIF87a"),
  GIF_89("image/gif", "GIF89a"),
  /** The length of the RIFF container is between the two magic texts. */
  WEBP("image/webp", "RIFF????WEBP");

  /** Number of bytes needed to recognize an image. */
  private static final int HEAD = 12;

  /** Maximum size in bytes of an image to display. */
  private static final long LARGEST = 8 << 20;

  private final String type;
  private final String start;

  ImageType(String type, String start) {
    this.type = type;
    this.start = start;
  }

  public String type() {
    return type;
  }

  /**
   * Recognizes an image file; empty if it is not an image or too large.
   *
   * @throws tf.grid.hub.catalogue.browse.FileContent.ContentLostException if its first chunk is
   *     missing or damaged
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public static Optional<ImageType> of(FileContent file) throws IOException {
    if (file.node().size() > LARGEST) {
      return Optional.empty();
    }
    return of(file.bytes(0, HEAD));
  }

  /** Recognizes an image by its first bytes. */
  static Optional<ImageType> of(byte[] head) {
    for (ImageType each : values()) {
      if (each.begins(head)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private boolean begins(byte[] head) {
    boolean same = head.length >= start.length();
    for (int i = 0; same && i < start.length(); i++) {
      same = start.charAt(i) == '?' || start.charAt(i) == (head[i] & 0xff);
    }
    return same;
  }
}
