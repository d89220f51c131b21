package tf.grid.hub.http.send;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * Sends a body whenever the connection takes more. A client that reads slowly holds no thread, and
 * of memory only what is on its way. Thread-safe by the server, which calls one method at a time.
 */
public final class BodySender implements WriteListener {

  private static final System.Logger LOG = System.getLogger(BodySender.class.getName());

  private final AsyncContext exchange;
  private final ServletOutputStream out;
  private final Body body;
  private boolean ended;

  private BodySender(AsyncContext exchange, ServletOutputStream out, Body body) {
    this.exchange = exchange;
    this.out = out;
    this.body = body;
  }

  /**
   * Begins to send a body, whose status and headers are set; nothing for {@code HEAD}. The caller
   * must not use the response afterwards.
   *
   * @param body closed when it is sent, or when the client is gone
   */
  public static void send(HttpServletRequest request, HttpServletResponse response, Body body)
      throws IOException {
    if (request.getMethod().equals("HEAD")) {
      body.close();
      return;
    }
    if (body.isShort() || !request.isAsyncSupported()) {
      try (body) {
        body.writeTo(response.getOutputStream());
      }
      return;
    }
    AsyncContext exchange = request.startAsync(request, response);
    // The server ends connections that move nothing; a slow client may take its time.
    exchange.setTimeout(0);
    ServletOutputStream out = response.getOutputStream();
    out.setWriteListener(new BodySender(exchange, out, body));
  }

  @Override
  public void onWritePossible() throws IOException {
    if (ended) {
      return;
    }
    // The server may keep a piece until it is ready again, so each call has its own.
    byte[] piece = new byte[Body.PIECE];
    while (out.isReady()) {
      int count = body.read(piece, 0, piece.length);
      if (count < 0) {
        end();
        return;
      }
      out.write(piece, 0, count);
    }
    body.pause();
  }

  /** The client is gone, or the body failed when its beginning was sent. */
  @Override
  public void onError(Throwable failure) {
    if (!ended) {
      LOG.log(Level.DEBUG, "a response was not sent to its end: {0}", failure.toString());
      end();
    }
  }

  private void end() {
    ended = true;
    try {
      body.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a body was not closed: {0}", e.toString());
    }
    try {
      exchange.complete();
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "a response did not end in order: {0}", e.toString());
    }
  }
}
