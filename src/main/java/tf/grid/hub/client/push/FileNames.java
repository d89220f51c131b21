package tf.grid.hub.client.push;

import java.net.URI;
import java.nio.file.Path;
import tf.grid.hub.flist.Name;

/**
 * Names of local files as bytes. The text of a {@link Path} depends on the locale and loses bytes
 * that the locale cannot decode; its URI does not.
 */
public final class FileNames {
  private static final String HEX = "0123456789ABCDEF";

  private FileNames() {}

  /** The bytes of a path, absolute or relative. */
  public static Name bytes(Path path) {
    String text = path.toString();
    if (isAscii(text)) {
      return Name.of(text);
    }
    String raw = path.toUri().getRawPath();
    Name whole = decode(raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw);
    return path.isAbsolute() ? whole : relative(path, whole);
  }

  private static Name relative(Path path, Name whole) {
    int start = whole.length();
    for (int names = path.getNameCount(); names > 0; names--) {
      start--;
      while (whole.byteAt(start) != '/') {
        start--;
      }
    }
    return Name.of(whole.shared(), start + 1, whole.length());
  }

  /**
   * The relative path of a single name.
   *
   * @param name without a slash or NUL, and not empty
   */
  public static Path single(Name name) {
    return isAscii(name) ? Path.of(name.toString()) : Path.of(uri(name)).getFileName();
  }

  /**
   * A path of these bytes, absolute or relative.
   *
   * @throws java.nio.file.InvalidPathException if there is a NUL
   */
  public static Path path(Name bytes) {
    if (isAscii(bytes)) {
      return Path.of(bytes.toString());
    }
    boolean absolute = bytes.byteAt(0) == '/';
    Path path = Path.of(uri(bytes));
    return absolute ? path : path.getRoot().relativize(path);
  }

  private static URI uri(Name name) {
    StringBuilder text = new StringBuilder("file://");
    if (name.byteAt(0) != '/') {
      text.append('/');
    }
    for (byte b : name.shared()) {
      if (b == '/' || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9')) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
      }
    }
    return URI.create(text.toString());
  }

  private static Name decode(String raw) {
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        c = (char) Integer.parseInt(raw.substring(i + 1, i + 3), 16);
        i += 2;
      }
      bytes[length++] = (byte) c;
    }
    return Name.of(bytes, 0, length);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c > 0 && c < 128);
  }

  private static boolean isAscii(Name name) {
    for (byte b : name.shared()) {
      if (b <= 0) {
        return false;
      }
    }
    return true;
  }
}
