package tf.grid.hub.http.gzip;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import tf.grid.hub.http.send.Body;
import tf.grid.hub.http.send.BodySender;

/**
 * Buffers a page, compressed if the client accepts that, until it is complete: a failure can still
 * become an error page, the length is known, and it is sent without a thread. For bodies of some
 * hundred kilobytes. Not thread-safe.
 */
public final class GzipResponse extends HttpServletResponseWrapper {

  private ByteArrayOutputStream bytes;
  private Packing stream;
  private PrintWriter writer;

  private final boolean compressed;

  /**
   * Nothing is buffered yet.
   *
   * @param compressed whether to compress it
   */
  public GzipResponse(HttpServletResponse response, boolean compressed) {
    super(response);
    this.compressed = compressed;
  }

  /**
   * The complete page; empty if there is none, or the response was sent otherwise. Not called if
   * writing failed.
   */
  public Optional<Page> finish() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    if (stream == null || !stream.used || isCommitted()) {
      return Optional.empty();
    }
    stream.close();
    return Optional.of(new Page(getContentType(), compressed, bytes.toByteArray()));
  }

  /** A complete page. Immutable: it can be sent any number of times. */
  public static final class Page {
    private final String type;
    private final boolean compressed;
    private final byte[] bytes;

    private Page(String type, boolean compressed, byte[] bytes) {
      this.type = type;
      this.compressed = compressed;
      this.bytes = bytes;
    }

    /** What is sent; must not be modified. */
    public byte[] bytes() {
      return bytes;
    }

    /**
     * Sends it.
     *
     * @throws IOException if the client has disconnected
     */
    public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
      if (compressed) {
        response.addHeader("Vary", "Accept-Encoding");
        response.setHeader("Content-Encoding", "gzip");
      }
      response.setContentType(type);
      response.setContentLength(bytes.length);
      BodySender.send(request, response, Body.of(bytes));
    }
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (stream == null) {
      bytes = new ByteArrayOutputStream();
      stream = new Packing(bytes, compressed);
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), getCharacterEncoding()));
    }
    return writer;
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    stream = null;
    writer = null;
  }

  @Override
  public void reset() {
    super.reset();
    resetBuffer();
  }

  /** Nothing is sent before {@link #finish}. */
  @Override
  public void flushBuffer() {}

  /** The uncompressed length is ignored. */
  @Override
  public void setContentLength(int length) {}

  @Override
  public void setContentLengthLong(long length) {}

  /** Compresses the output. */
  private static final class Packing extends ServletOutputStream {

    private final OutputStream out;
    private boolean used;

    Packing(ByteArrayOutputStream bytes, boolean compressed) {
      try {
        out = compressed ? new GZIPOutputStream(bytes, 1 << 13) : bytes;
      } catch (IOException inMemory) {
        throw new UncheckedIOException(inMemory);
      }
    }

    @Override
    public void write(int value) throws IOException {
      used = true;
      out.write(value);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      used = true;
      out.write(from, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("pages are written by one thread");
    }
  }
}
