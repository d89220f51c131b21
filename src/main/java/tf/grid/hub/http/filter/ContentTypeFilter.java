package tf.grid.hub.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import tf.grid.hub.http.error.ErrorAnswer;

/**
 * Rejects API requests with an invalid {@code Content-Type}. The REST layer would reject them with
 * an empty response before any code of the hub is called.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public final class ContentTypeFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isReadable(request.getContentType())) {
      chain.doFilter(request, response);
    } else {
      ErrorAnswer.send(response, 400, "the header Content-Type is malformed");
    }
  }

  private static boolean isReadable(String type) {
    try {
      return type == null || MediaType.valueOf(type) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
