package tf.grid.hub.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import tf.grid.hub.http.AllowedMethods;
import tf.grid.hub.http.ResponseHeaders;

/**
 * Restricts pages to reading and posting forms. The server would claim to support {@code PUT} and
 * {@code DELETE}, and fails on unknown methods. {@code web.xml} places it after the filter of
 * downloads, which have fewer methods.
 */
public final class SiteMethodFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private static final AllowedMethods METHODS = new AllowedMethods(Set.of("GET", "HEAD", "POST"));

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean api = ResponseHeaders.isApi(request.getContextPath(), request.getRequestURI());
    if (api || !METHODS.answers(request, response)) {
      chain.doFilter(request, response);
    }
  }
}
