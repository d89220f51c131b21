package tf.grid.hub.http.head;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Ignores the header {@code Upgrade} (RFC 9110, section 7.8), which some clients send with every
 * request. For such requests, the server does not frame the body and returns the raw bytes of the
 * connection without an end. This filter frames the body itself, and the connection is not reused.
 * Its position is in {@code web.xml}.
 */
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

  /** A request with a framed body. */
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
