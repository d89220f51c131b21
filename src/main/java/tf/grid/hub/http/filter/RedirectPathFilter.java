package tf.grid.hub.http.filter;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import tf.grid.hub.http.BasePath;

/**
 * Adds the {@link BasePath} to redirects, so that the rest of the hub redirects to its own paths.
 * Redirects have no host, because behind a proxy the server does not know its own. Thread-safe.
 */
public class RedirectPathFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private static final String LOCATION = "Location";

  /** Looked up for each request, because the server creates filters before the hub starts. */
  @Inject private transient Instance<BasePath> configured;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    BasePath base = configured.get();
    chain.doFilter(request, base.value().isEmpty() ? response : new Based(response, base));
  }

  private static final class Based extends HttpServletResponseWrapper {
    private final BasePath base;

    Based(HttpServletResponse response, BasePath base) {
      super(response);
      this.base = base;
    }

    @Override
    public void setHeader(String name, String value) {
      super.setHeader(name, LOCATION.equalsIgnoreCase(name) ? base.url(value) : value);
    }

    @Override
    public void addHeader(String name, String value) {
      super.addHeader(name, LOCATION.equalsIgnoreCase(name) ? base.url(value) : value);
    }
  }
}
