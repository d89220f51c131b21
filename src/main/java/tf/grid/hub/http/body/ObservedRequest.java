package tf.grid.hub.http.body;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request that tells an observer of each read of its body. Not thread-safe. */
public final class ObservedRequest extends HttpServletRequestWrapper {
  private final Observer observer;
  private ServletInputStream body;

  public ObservedRequest(HttpServletRequest request, Observer observer) {
    super(request);
    this.observer = observer;
  }

  /** Learns of the reads of a body. */
  public interface Observer {

    /**
     * Called before each read.
     *
     * @throws IOException fails the read
     */
    default void beforeRead() throws IOException {}

    /**
     * Called after each read that was not at the end.
     *
     * @param bytes how many were read
     */
    default void afterRead(int bytes) {}

    /**
     * Called after each read, however it ended, and before {@link #afterRead}.
     *
     * @throws IOException fails the read
     */
    default void endRead() throws IOException {}
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      body = new Body(super.getInputStream());
    }
    return body;
  }

  /** Closing it has no effect: the stream belongs to the server. */
  private final class Body extends ServletInputStream {
    private final ServletInputStream in;

    Body(ServletInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return SingleByte.of(this);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      observer.beforeRead();
      int count;
      try {
        count = in.read(target, offset, length);
      } catch (IOException e) {
        observer.endRead();
        throw e;
      }
      observer.endRead();
      if (count > 0) {
        observer.afterRead(count);
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
  }
}
