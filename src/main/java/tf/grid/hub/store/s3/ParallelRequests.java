package tf.grid.hub.store.s3;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Sends requests of a call at once, from a bounded number of threads that all calls share. The
 * thread of a call sends requests too, so that none waits for the others. Thread-safe.
 */
final class ParallelRequests implements AutoCloseable {
  private static final int IDLE_SECONDS = 30;

  private final int most;
  private final ExecutorService threads;

  /**
   * Starts threads when they are needed.
   *
   * @param most number of threads
   */
  ParallelRequests(int most) {
    this.most = most;
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "s3-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /**
   * Sends a request for each item and waits for all of them. After the first failure, no more are
   * sent. When this returns or throws, none is under way.
   */
  <T> void each(List<T> items, Consumer<T> request) {
    Call<T> call = new Call<>(items, request);
    for (int helper = 1; helper < Math.min(most, items.size()); helper++) {
      threads.execute(call::work);
    }
    call.work();
    call.await();
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private static final class Call<T> {
    private final List<T> items;
    private final Consumer<T> request;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Call(List<T> items, Consumer<T> request) {
      this.items = items;
      this.request = request;
      this.open = new CountDownLatch(items.size());
    }

    void work() {
      for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            request.accept(items.get(i));
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          open.countDown();
        }
      }
    }

    /** An interrupted thread waits too: the others still use the buffers of its caller. */
    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          open.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure.get() instanceof Error error) {
        throw error;
      }
      if (failure.get() instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
