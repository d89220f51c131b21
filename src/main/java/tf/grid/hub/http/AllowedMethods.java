package tf.grid.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The methods of an address outside of the REST layer, which alone knows its own. Immutable.
 *
 * @param names of the methods, besides {@code OPTIONS}
 */
public record AllowedMethods(Set<String> names) {

  /** Names and {@code OPTIONS}. */
  public AllowedMethods {
    Set<String> all = new TreeSet<>(names);
    all.add("OPTIONS");
    names = Collections.unmodifiableSet(all);
  }

  /**
   * Answers what asks for the methods, and what comes by another one.
   *
   * @return whether it did; if not, the request is the caller's to answer
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
