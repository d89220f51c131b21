package tf.grid.hub.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits the path of a request before decoding, so that an encoded slash is part of a name. */
public final class UrlPath {

  private UrlPath() {}

  /**
   * Splits a path.
   *
   * @param uri as sent, without the query string
   * @param contextPath prefix to remove
   * @return decoded segments; empty if they are not percent-encoded UTF-8
   */
  public static Optional<List<String>> parts(String uri, String contextPath) {
    List<String> parts = new ArrayList<>();
    for (String part : uri.substring(contextPath.length()).split("/", -1)) {
      Optional<String> decoded = decode(part);
      if (decoded.isEmpty()) {
        return Optional.empty();
      }
      parts.add(decoded.get());
    }
    // Paths start with a slash and may end with one.
    List<String> inner = parts.subList(Math.min(1, parts.size()), parts.size());
    boolean ended = !inner.isEmpty() && inner.get(inner.size() - 1).isEmpty();
    return Optional.of(List.copyOf(ended ? inner.subList(0, inner.size() - 1) : inner));
  }

  private static Optional<String> decode(String part) {
    byte[] raw = part.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.put(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
