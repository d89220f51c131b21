package tf.grid.hub.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.http.body.BodyWaits;

/**
 * Ignores the header {@code Upgrade} (RFC 9110, section 7.8), which some clients send with every
 * request. For such requests, the server does not frame the body and returns the raw bytes of the
 * connection without an end. This filter frames the body itself, and the connection is not reused.
 * Its position is in {@code web.xml}.
 */
public final class UpgradeHeaderFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private static final int PIECE = 64 << 10;

  /** Most of what is received after the response, and for how long. */
  private static final long MOST_BYTES = 256L << 20;

  private static final long MOST_NANOS = 20_000_000_000L;

  /** Threads that may receive what nobody reads, at the same time. */
  private static final int LINGERING = 8;

  private final transient BodyWaits lingering = new BodyWaits(LINGERING);

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getHeader("Upgrade") == null) {
      chain.doFilter(request, response);
    } else {
      response.setHeader("Connection", "close");
      Framed framed = new Framed(request);
      chain.doFilter(framed, response);
      if (hasBody(request) && !request.isAsyncStarted()) {
        linger(framed, response);
      }
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Sends what was written. Not by {@code flushBuffer}, after which Payara adds no header, not even
   * {@code Content-Type}.
   */
  private static void flush(HttpServletResponse response) throws IOException {
    try {
      response.getOutputStream().flush();
    } catch (IllegalStateException usesWriter) {
      response.getWriter().flush();
    }
  }

  /**
   * Receives what the client still sends. If the connection ended before, the system would reset
   * it, and the client could lose the response. The server itself does this for other requests.
   */
  private void linger(Framed request, HttpServletResponse response) throws IOException {
    flush(response);
    ServletInputStream body = request.getInputStream();
    byte[] unread = new byte[PIECE];
    long start = System.nanoTime();
    long left = MOST_BYTES;
    for (int count = 0; count >= 0 && left > 0; left -= count) {
      BodyWaits.Wait wait = lingering.begin();
      try {
        count = body.read(unread, 0, unread.length);
      } catch (IOException gone) {
        count = -1;
      }
      if (lingering.end(wait) || System.nanoTime() - start > MOST_NANOS) {
        return;
      }
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
