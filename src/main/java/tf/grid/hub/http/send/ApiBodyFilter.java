package tf.grid.hub.http.send;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends what {@link ApiBodyWriter} has left, after the REST layer is done with the request. */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public final class ApiBodyFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  /** The request attribute with the body. */
  static final String BODY = Body.class.getName();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    if (request.getAttribute(BODY) instanceof Body body) {
      request.removeAttribute(BODY);
      BodySender.send(request, response, body);
    }
  }
}
