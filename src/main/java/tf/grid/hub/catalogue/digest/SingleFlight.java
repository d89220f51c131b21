package tf.grid.hub.catalogue.digest;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets concurrent threads with the same key share one computation. Caches nothing. Thread-safe.
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class SingleFlight<K, V> {

  private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

  /** Computes the value, or waits for the thread that is computing it. */
  public V get(K key, Computation<V> computation) throws IOException {
    CompletableFuture<V> own = new CompletableFuture<>();
    CompletableFuture<V> other = flights.putIfAbsent(key, own);
    return other == null ? fly(key, own, computation) : await(other);
  }

  private V fly(K key, CompletableFuture<V> own, Computation<V> computation) throws IOException {
    try {
      V value = computation.compute();
      own.complete(value);
      return value;
    } catch (IOException | RuntimeException | Error e) {
      own.completeExceptionally(e);
      throw e;
    } finally {
      flights.remove(key, own);
    }
  }

  private V await(CompletableFuture<V> other) throws IOException {
    try {
      return other.join();
    } catch (CompletionException e) {
      throw again(e.getCause());
    } catch (CancellationException e) {
      throw new IOException("the computation was given up", e);
    }
  }

  private static IOException again(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof IOException checked) {
      return checked;
    }
    return new IOException(cause.getMessage(), cause);
  }

  /**
   * Computes a value.
   *
   * @param <V> the value
   */
  @FunctionalInterface
  public interface Computation<V> {

    V compute() throws IOException;
  }
}
