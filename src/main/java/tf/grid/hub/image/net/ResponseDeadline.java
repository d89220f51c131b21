package tf.grid.hub.image.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * Aborts requests whose response headers do not arrive in time. The timeout of the client applies
 * only to time without any data, so slow headers or endless interim responses would block a
 * conversion without limit. Thread-safe.
 */
final class ResponseDeadline implements Closeable {
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, ResponseDeadline::daemon);

  private final Duration longest;

  /**
   * @param longest maximum time until the response headers are complete, including connecting
   */
  ResponseDeadline(Duration longest) {
    this.longest = longest;
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Sends a request and waits for the response headers. */
  interface Sending {
    ClassicHttpResponse send() throws IOException;
  }

  /**
   * Sends a request.
   *
   * @throws SocketTimeoutException if the response headers did not arrive in time
   */
  ClassicHttpResponse within(HttpUriRequestBase request, Sending sending) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    Future<?> alarm =
        timer.schedule(() -> end(request, late), longest.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return sending.send();
    } catch (IOException e) {
      if (late.get()) {
        throw (IOException) new SocketTimeoutException("no answer in time").initCause(e);
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  private static void end(HttpUriRequestBase request, AtomicBoolean late) {
    late.set(true);
    request.cancel();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "registry-deadline");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
