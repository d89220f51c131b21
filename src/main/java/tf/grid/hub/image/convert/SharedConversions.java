package tf.grid.hub.image.convert;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.tree.ConvertedImage;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Lets concurrent requests for the same image share one conversion. Each request uses the result,
 * one after the other; the last one releases it. If the converting request is cancelled, another
 * takes over. Caches nothing. Thread-safe.
 *
 * @param <K> key of equal conversions
 */
final class SharedConversions<K> {
  private final Map<K, Shared> running = new HashMap<>();

  interface Making {
    ConvertedImage make() throws IOException, ArchiveException;
  }

  interface Use<T> {
    T use(ConvertedImage image) throws IOException, ArchiveException;
  }

  <T> T with(K key, Making making, Use<T> use) throws IOException, ArchiveException {
    while (true) {
      Shared shared;
      boolean first;
      synchronized (running) {
        first = !running.containsKey(key);
        shared = running.computeIfAbsent(key, unused -> new Shared());
        shared.users++;
      }
      try {
        if (first) {
          make(key, shared, making);
        }
        ConvertedImage image = shared.await();
        synchronized (image) {
          return use.use(image);
        }
      } catch (GivenUp other) {
        // Another request was cancelled, not this one.
      } finally {
        leave(shared);
      }
    }
  }

  private void make(K key, Shared shared, Making making) throws IOException, ArchiveException {
    boolean done = false;
    try {
      shared.result.complete(making.make());
      done = true;
    } catch (InterruptedIOException cancelled) {
      shared.result.completeExceptionally(new GivenUp());
      throw cancelled;
    } catch (IOException | ArchiveException | TryAgainLaterException e) {
      shared.result.completeExceptionally(e);
      throw e;
    } finally {
      synchronized (running) {
        running.remove(key, shared);
      }
      if (!done) {
        // An unchecked exception, for example because the job of the other request was cancelled.
        shared.result.completeExceptionally(new GivenUp());
      }
    }
  }

  private void leave(Shared shared) {
    synchronized (running) {
      shared.users--;
      if (shared.users == 0
          && shared.result.isDone()
          && !shared.result.isCompletedExceptionally()) {
        shared.result.join().close();
      }
    }
  }

  /** A conversion and the number of requests that need its result. */
  private static final class Shared {
    private final CompletableFuture<ConvertedImage> result = new CompletableFuture<>();
    private int users;

    ConvertedImage await() throws IOException, ArchiveException, GivenUp {
      try {
        return result.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("cancelled").initCause(e);
      } catch (ExecutionException e) {
        throw again(e.getCause());
      }
    }

    private static IOException again(Throwable cause)
        throws IOException, ArchiveException, GivenUp {
      if (cause instanceof GivenUp givenUp) {
        throw givenUp;
      }
      if (cause instanceof ArchiveException rejected) {
        throw rejected;
      }
      if (cause instanceof TryAgainLaterException busy) {
        throw busy;
      }
      return (IOException) cause;
    }
  }

  /** The converting request stopped without a result. */
  private static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;
  }
}
