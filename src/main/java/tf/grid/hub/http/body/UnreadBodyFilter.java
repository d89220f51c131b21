package tf.grid.hub.http.body;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Announces the end of the connection (RFC 9112, section 9.6) in a response that is sent before the
 * body of the request was received. A client may stop sending when it has the response; a proxy
 * such as HAProxy 2.6 then sends the request of another client on the same connection, and the
 * server takes its beginning for the rest of the body. The server still receives that rest, so that
 * the client can read the response. Its position is in {@code web.xml}.
 */
public final class UnreadBodyFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean chunked = request.getHeader("Transfer-Encoding") != null;
    long length = request.getContentLengthLong();
    if ((length <= 0 && !chunked) || !request.getProtocol().startsWith("HTTP/1")) {
      chain.doFilter(request, response);
      return;
    }
    Body body = new Body(request, chunked ? Long.MAX_VALUE : length);
    Announcing announcing = new Announcing(response, body);
    chain.doFilter(body.observed, announcing);
    if (!request.isAsyncStarted()) {
      announcing.announce();
    }
  }

  /** How much of the body of a request was received. */
  private static final class Body implements ObservedRequest.Observer {

    /** Nobody reads the line end after the last boundary of a form. */
    private static final int MAX_UNREAD = 2;

    private final ObservedRequest observed;
    private final long length;
    private long received;

    Body(HttpServletRequest request, long length) {
      this.observed = new ObservedRequest(request, this);
      this.length = length;
    }

    @Override
    public void afterRead(int bytes) {
      received += bytes;
    }

    boolean isReceived() {
      if (received > 0 && length - received <= MAX_UNREAD) {
        return true;
      }
      try {
        return observed.getInputStream().isFinished();
      } catch (IllegalStateException e) {
        return true; // The server has read it as text.
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** A response that looks at the body right before the first byte is sent. */
  private static final class Announcing extends HttpServletResponseWrapper {
    private final Body body;

    Announcing(HttpServletResponse response, Body body) {
      super(response);
      this.body = body;
    }

    void announce() {
      if (!isCommitted() && !body.isReceived()) {
        setHeader("Connection", "close");
      }
    }

    @Override
    public void sendError(int status) throws IOException {
      announce();
      super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      announce();
      super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
      announce();
      super.sendRedirect(location);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      announce();
      return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      announce();
      return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
      announce();
      super.flushBuffer();
    }
  }
}
