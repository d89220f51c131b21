package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Query strings and redirects to other sites. */
public final class QueryString {

  private QueryString() {}

  /** Formats parameters, escaped and sorted by name, so that the result is deterministic. */
  public static String of(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(one -> one.getKey() + "=" + escaped(one.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** Redirects a browser to a page on another site. */
  public static void send(
      HttpServletResponse response, String page, Map<String, String> parameters) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", page + "?" + of(parameters));
  }

  static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
