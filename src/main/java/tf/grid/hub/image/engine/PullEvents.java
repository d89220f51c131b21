package tf.grid.hub.image.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import tf.grid.hub.progress.Progress;

/**
 * Receives the events of a pull. The listener of the library cannot be used, because it treats an
 * error that Podman sends with status 200 as success. Filled by a thread of the library, awaited by
 * another.
 */
final class PullEvents implements ResultCallback<PullResponseItem> {

  private final String image;
  private final Progress progress;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<String, Long> layers = new HashMap<>();
  private volatile Closeable stream;
  private volatile IOException failure;
  private volatile RuntimeException stopped;

  PullEvents(String image, Progress progress) {
    this.image = image;
    this.progress = progress;
  }

  @Override
  public void onStart(Closeable closeable) {
    stream = closeable;
  }

  @Override
  public void onNext(PullResponseItem item) {
    String error = errorOf(item);
    if (!error.isEmpty()) {
      failure = EngineErrors.ofText(image, error);
    } else if ("Downloading".equals(item.getStatus()) && item.getProgressDetail() != null) {
      report(String.valueOf(item.getId()), item.getProgressDetail());
    }
  }

  @SuppressWarnings("deprecation") // Older engines set only this field.
  private static String errorOf(PullResponseItem item) {
    if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
      return item.getErrorDetail().getMessage();
    }
    return item.getError() == null ? "" : item.getError();
  }

  private void report(String layer, ResponseItem.ProgressDetail detail) {
    Long now = detail.getCurrent();
    if (now == null) {
      return;
    }
    Long before = layers.put(layer, now);
    try {
      progress.received(Math.max(0, now - (before == null ? 0 : before)));
    } catch (RuntimeException cancelled) {
      // Thrown by the waiting thread, not by the thread of the library.
      stopped = cancelled;
      end.countDown();
    }
  }

  @Override
  public void onError(Throwable throwable) {
    if (failure == null) {
      failure = EngineErrors.of(image, throwable);
    }
    end.countDown();
  }

  @Override
  public void onComplete() {
    end.countDown();
  }

  /** Waits for the end of the pull. */
  void await() throws IOException {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the engine pulled " + image);
    }
    RuntimeException cancelled = stopped;
    if (cancelled != null) {
      throw cancelled;
    }
    IOException reason = failure;
    if (reason != null) {
      throw reason;
    }
  }

  /** Cancels the pull if it is still running. */
  @Override
  public void close() throws IOException {
    Closeable running = stream;
    if (running != null) {
      running.close();
    }
  }
}
