package tf.grid.hub.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Ignores offers to switch to another protocol (RFC 9110, section 7.8), which some clients make
 * with every request. The server gives up framing the body of such a request: it hands out what
 * comes over the connection, without an end. The framing is done here instead, and the connection
 * is not used for another request. Stateless.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class UpgradeHeaderFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getHeader("Upgrade") == null) {
      chain.doFilter(request, response);
    } else {
      response.setHeader("Connection", "close");
      chain.doFilter(new Framed(request), response);
    }
  }

  /** The request with a body that ends where it should. */
  private static final class Framed extends HttpServletRequestWrapper {
    private FramedBodyStream body;

    Framed(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        ServletInputStream raw = super.getInputStream();
        boolean chunked = "chunked".equalsIgnoreCase(getHeader("Transfer-Encoding"));
        body =
            chunked
                ? FramedBodyStream.chunked(raw)
                : FramedBodyStream.ofLength(raw, declaredLength());
      }
      return body;
    }

    private long declaredLength() {
      String length = getHeader("Content-Length");
      try {
        return length == null ? 0 : Long.parseLong(length.strip());
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }
}
