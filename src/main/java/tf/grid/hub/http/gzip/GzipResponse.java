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
 * Keeps the body of an answer back, packed, until it is whole: what fails half-way can still become
 * another answer, and the length is known. For bodies of some hundred kilobytes, and one thread.
 */
public final class GzipResponse extends HttpServletResponseWrapper {

  private ByteArrayOutputStream bytes;
  private Packing stream;
  private PrintWriter writer;

  /** Takes the answer to pack. */
  public GzipResponse(HttpServletResponse response) {
    super(response);
  }

  /**
   * Sends what was written. Is not called when that failed.
   *
   * @throws IOException if the client is gone
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

  /** Nothing goes before {@link #finish}. */
  @Override
  public void flushBuffer() {}

  /** The length of what is not packed says nothing. */
  @Override
  public void setContentLength(int length) {}

  /** The same. */
  @Override
  public void setContentLengthLong(long length) {}

  /** Packs what is written. */
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
