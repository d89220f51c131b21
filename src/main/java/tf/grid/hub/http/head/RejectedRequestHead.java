package tf.grid.hub.http.head;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.http.ResponseHeaders;
import tf.grid.hub.http.connection.Connections;
import tf.grid.hub.http.error.ErrorAnswer;
import tf.grid.hub.http.error.ErrorPage;

/**
 * Refuses requests by their heads, before anything is done: parts of bodies, which would replace
 * the whole (RFC 9110, section 14.5), control characters, which the server lets through with all
 * other bytes that are not ASCII, and what {@link RequestHeadCheck} has found. {@code web.xml} says
 * where it stands.
 */
public final class RejectedRequestHead extends HttpFilter {
  private static final long serialVersionUID = 1;

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "INFO");

  /**
   * Field injection, because the server instantiates filters itself, and an {@link Instance},
   * because it does so even if a wrong setting keeps the hub from starting.
   */
  @Inject private transient Instance<Connections> connections;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestHeadCheck.watchListenerOf(request, connections::get);
    Optional<String> problem = address(request).or(() -> problem(request));
    if (request.getRequestURI().endsWith(RequestHeadCheck.MALFORMED_LINE)) {
      // What follows may be the rest of the head, or what somebody wants taken for another request.
      response.setHeader("Connection", "close");
    }
    if (problem.isEmpty()) {
      chain.doFilter(request, response);
    } else if (ResponseHeaders.isApi(request.getContextPath(), request.getRequestURI())) {
      ErrorAnswer.send(response, HttpServletResponse.SC_BAD_REQUEST, problem.get());
    } else {
      ErrorPage.send(request, response, HttpServletResponse.SC_BAD_REQUEST, problem.get());
    }
  }

  private static Optional<String> address(HttpServletRequest request) {
    String address = request.getRequestURI();
    if (address.endsWith(RequestHeadCheck.MALFORMED_ADDRESS)) {
      return Optional.of(
          "the address cannot be decoded: write a percent sign as %25, all else as percent-encoded"
              + " UTF-8");
    }
    return address.endsWith(RequestHeadCheck.MALFORMED_LINE)
        ? Optional.of("a line of the head of the request does not end in CR LF")
        : Optional.empty();
  }

  private static Optional<String> problem(HttpServletRequest request) {
    if (request.getHeader("Content-Range") != null && !WITHOUT_BODY.contains(request.getMethod())) {
      return Optional.of(
          "this hub takes no parts of files: send the whole body, without Content-Range");
    }
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        if (hasControl(value)) {
          return Optional.of("a header field of the request has a control character in its value");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasControl(String value) {
    return value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127);
  }
}
