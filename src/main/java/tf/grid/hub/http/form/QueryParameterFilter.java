package tf.grid.hub.http.form;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Makes the parameters of every request those of its address. Whoever asks for one would otherwise
 * have the server read a form that may never end, for as long as its sender likes. Injected
 * requests are not led through here: who has one asks {@link ParameterizedRequest} as well. {@code
 * web.xml} puts it before every other filter, which annotations cannot.
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
