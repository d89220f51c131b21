package tf.grid.hub.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import tf.grid.hub.http.ResponseHeaders;

/**
 * Takes methods of the REST API in any case: a client library sends {@code Post}. {@code web.xml}
 * puts it before all that asks for the method.
 */
public final class MethodCaseFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String method = request.getMethod().toUpperCase(Locale.ROOT);
    boolean api = ResponseHeaders.isApi(request.getContextPath(), request.getRequestURI());
    if (!api || method.equals(request.getMethod())) {
      chain.doFilter(request, response);
      return;
    }
    chain.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public String getMethod() {
            return method;
          }
        },
        response);
  }
}
