package tf.grid.hub.http.gzip;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * Buffers a compressed response until it is complete, so that a failure can still become an error
 * page, and the length is known. For bodies of some hundred kilobytes. Not thread-safe.
 */
public final class GzipResponse extends HttpServletResponseWrapper {

  private ByteArrayOutputStream bytes;
  private Packing stream;
  private PrintWriter writer;

  public GzipResponse(HttpServletResponse response) {
    super(response);
  }

  /**
   * Sends the response. Not called if writing failed.
   *
   * @throws IOException if the client has disconnected
   */
  public void finish() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    if (stream == null || !stream.used || isCommitted()) {
      return;
    }
    stream.close();
    addHeader("Vary", "Accept-Encoding");
    setHeader("Content-Encoding", "gzip");
    super.setContentLength(bytes.size());
    bytes.writeTo(super.getOutputStream());
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (stream == null) {
      bytes = new ByteArrayOutputStream();
      stream = new Packing(bytes);
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

    private final GZIPOutputStream gzip;
    private boolean used;

    Packing(ByteArrayOutputStream bytes) {
      try {
        gzip = new GZIPOutputStream(bytes, 1 << 13);
      } catch (IOException inMemory) {
        throw new UncheckedIOException(inMemory);
      }
    }

    @Override
    public void write(int value) throws IOException {
      used = true;
      gzip.write(value);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      used = true;
      gzip.write(from, offset, length);
    }

    @Override
    public void close() throws IOException {
      gzip.close();
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
