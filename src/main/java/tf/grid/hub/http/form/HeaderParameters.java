package tf.grid.hub.http.form;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Parses the parameters of a header field, as in {@code form-data; name="file"; filename="a b"}.
 * Backslashes in quoted values stay, because clients use them for paths as well as for escapes. The
 * values of extended parameters, such as {@code filename*}, are decoded (RFC 8187).
 */
final class HeaderParameters {
  private HeaderParameters() {}

  /** Returns the values by names in lower case; of equal names, the last counts. */
  static Map<String, String> of(String header) {
    Map<String, String> parameters = new HashMap<>();
    int start = 0;
    boolean quoted = false;
    boolean escaped = false;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      quoted ^= c == '"' && !escaped;
      escaped = c == '\\' && !escaped;
      if (c == ';' && !quoted) {
        add(header.substring(start, i), parameters);
        start = i + 1;
      }
    }
    add(header.substring(start), parameters);
    return parameters;
  }

  private static void add(String parameter, Map<String, String> parameters) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      return;
    }
    String name = parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
    String value = unquoted(parameter.substring(equals + 1).strip());
    if (name.endsWith("*")) {
      parameters.put(name.substring(0, name.length() - 1), decoded(value));
    } else {
      parameters.put(name, value);
    }
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Decodes {@code charset'language'percent-encoded}; other values stay. */
  private static String decoded(String value) {
    String[] parts = value.split("'", 3);
    if (parts.length < 3) {
      return value;
    }
    try {
      return URLDecoder.decode(parts[2].replace("+", "%2B"), Charset.forName(parts[0]));
    } catch (IllegalArgumentException unknownCharsetOrEscape) {
      return value;
    }
  }
}
