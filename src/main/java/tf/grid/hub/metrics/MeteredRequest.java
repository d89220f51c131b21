package tf.grid.hub.metrics;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** Counts the bytes of a request body. Not thread-safe. */
final class MeteredRequest extends HttpServletRequestWrapper {

  private final RequestMeter meter;
  private ServletInputStream body;

  MeteredRequest(HttpServletRequest request, RequestMeter meter) {
    super(request);
    this.meter = meter;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      body = new Body(super.getInputStream());
    }
    return body;
  }

  private final class Body extends ServletInputStream {

    private final ServletInputStream in;

    Body(ServletInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      if (value >= 0) {
        meter.receive(1);
      }
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      if (count > 0) {
        meter.receive(count);
      }
      return count;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
