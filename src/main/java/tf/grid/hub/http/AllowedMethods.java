package tf.grid.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The methods of a URL outside of the REST API. Immutable.
 *
 * @param names of the methods, besides {@code OPTIONS}
 */
public record AllowedMethods(Set<String> names) {

  public AllowedMethods {
    Set<String> all = new TreeSet<>(names);
    all.add("OPTIONS");
    names = Collections.unmodifiableSet(all);
  }

  /**
   * Responds to {@code OPTIONS} and to methods that are not allowed.
   *
   * @return whether it responded; if not, the caller must process the request
   */
  public boolean answers(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean asks = request.getMethod().equals("OPTIONS");
    if (!asks && names.contains(request.getMethod())) {
      return false;
    }
    String list = String.join(", ", names);
    response.setHeader("Allow", list);
    if (asks) {
      response.setHeader(ResponseHeaders.ALLOW_METHODS, list);
      response.setContentLength(0);
    } else {
      byte[] body = "error: method not allowed\n".getBytes(StandardCharsets.UTF_8);
      response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      response.setContentType("text/plain;charset=UTF-8");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
    return true;
  }
}
