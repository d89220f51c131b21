package tf.grid.hub.site.preview;

import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.catalogue.browse.FileContent;

/** Pictures that browsers show and that can do nothing else, told by their first bytes. */
public enum ImageType {
  /** Portable network graphics. */
  PNG("image/png", "\u0089PNG\r\n\u001a\n"),
  /** What cameras make. */
  JPEG("image/jpeg", "\u00ff\u00d8\u00ff"),
  /** The earlier form. */
  GIF_87("image/gif", "GIF87a"),
  /** The later form. */
  GIF_89("image/gif", "GIF89a"),
  /** WebP in its container, whose length stands in between. */
  WEBP("image/webp", "RIFF????WEBP");

  /** Bytes that tell a picture. */
  private static final int HEAD = 12;

  /** Bytes of the largest picture that is shown. */
  private static final long LARGEST = 8 << 20;

  private final String type;
  private final String start;

  ImageType(String type, String start) {
    this.type = type;
    this.start = start;
  }

  /** The media type. */
  public String type() {
    return type;
  }

  /**
   * The picture that a file is; empty if it is none, or too large to be shown.
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

  /** The picture that begins so; empty if none does. */
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
