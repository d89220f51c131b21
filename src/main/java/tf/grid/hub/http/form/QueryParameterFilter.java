package tf.grid.hub.http.form;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Limits the parameters of every request to those in its URL. Otherwise {@code getParameter} would
 * read a form in the body, which may never end. This does not affect injected requests: their users
 * wrap them in a {@link ParameterizedRequest}. {@code web.xml} puts this filter before all others,
 * which annotations cannot do.
 */
public final class QueryParameterFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(ParameterizedRequest.ofAddress(request), response);
  }
}
