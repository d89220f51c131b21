package tf.grid.hub.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gives each request an id, or keeps that of a proxy, and sends it back. {@code web.xml} places it
 * before all other filters. Thread-safe.
 */
public final class RequestIdFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String id = RequestId.of(request.getHeader(RequestId.HEADER));
    response.setHeader(RequestId.HEADER, id);
    RequestId.bind(id);
    try {
      chain.doFilter(request, response);
    } finally {
      RequestId.bind(null);
    }
  }
}
