package tf.grid.hub.site.catalogue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import tf.grid.hub.flist.FlistPath;

/**
 * A path in a flist as a URL parameter. File names may be any bytes, so the query string is decoded
 * here; the server would decode it as text.
 */
public final class PathParameter {

  private static final String NAME = "path=";
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

  private PathParameter() {}

  /** The query string for a path. */
  public static String of(FlistPath path) {
    StringBuilder query = new StringBuilder("?").append(NAME).append('/');
    for (byte each : path.bytes()) {
      if (PLAIN.indexOf(each) >= 0) {
        query.append((char) each);
      } else {
        query.append('%').append(String.format("%02X", each));
      }
    }
    return query.toString();
  }

  /** Parses the path in a query string; empty if it is missing or invalid. */
  public static Optional<FlistPath> in(String query) {
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith(NAME)) {
        try {
          return Optional.of(FlistPath.of(decoded(parameter.substring(NAME.length()))));
        } catch (IllegalArgumentException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] decoded(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        if (i + 2 >= raw.length) {
          throw new IllegalArgumentException("an escape is cut off");
        }
        bytes.write(HexFormat.fromHexDigits(new String(raw, i + 1, 2, StandardCharsets.US_ASCII)));
        i += 2;
      } else {
        // Forms encode spaces as plus signs.
        bytes.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    return bytes.toByteArray();
  }
}
