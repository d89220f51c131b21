package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Parameters for another site, as forms and addresses carry them. Stateless. */
public final class QueryString {

  private QueryString() {}

  /** Names and values, escaped, in the order of names: the same each time. */
  public static String of(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(one -> one.getKey() + "=" + escaped(one.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** Sends a browser to a page of another site. */
  public static void send(
      HttpServletResponse response, String page, Map<String, String> parameters) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", page + "?" + of(parameters));
  }

  static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
