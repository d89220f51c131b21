package tf.grid.hub.http;

import java.nio.charset.StandardCharsets;

/** Encodes names for headers and URLs. */
public final class FileName {

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private FileName() {}

  /** Returns {@code Content-Disposition} (RFC 6266) for a file name. */
  public static String attachment(String name) {
    StringBuilder plain = new StringBuilder();
    name.chars()
        .forEach(c -> plain.append(c >= ' ' && c < 127 && "\"\\%".indexOf(c) < 0 ? (char) c : '_'));
    String form = "attachment; filename=\"" + plain + '"';
    return plain.toString().equals(name) ? form : form + "; filename*=UTF-8''" + encode(name);
  }

  /** Percent-encodes a segment of a URL path. */
  public static String encode(String part) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append("%02X".formatted(b));
      }
    }
    return encoded.toString();
  }
}
