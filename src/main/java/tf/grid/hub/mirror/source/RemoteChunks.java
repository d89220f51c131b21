package tf.grid.hub.mirror.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.mirror.source.SourceException.SourceUnreachableException;

/**
 * The chunks of one flist of another hub: over HTTP if that hub can do that, otherwise from the
 * 0-db that the flist names. Every chunk is verified by its id. Thread-safe.
 */
public final class RemoteChunks implements Closeable {
  private static final System.Logger LOG = System.getLogger(RemoteChunks.class.getName());

  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HubSource hub;
  private final Optional<BackendAddress> backend;
  private final AddressGuard guard;
  private final boolean ownHost;
  private final Ticker ticker;
  private final ConcurrentLinkedQueue<BackendConnection> resting = new ConcurrentLinkedQueue<>();

  /** Set when a chunk came from the backend only: then it is asked first. */
  private volatile boolean backendFirst;

  /** Why the backend cannot be used; null as long as it can. */
  private volatile String failure;

  /**
   * Reads the chunks of a flist.
   *
   * @param guard decides which backends may be connected to
   * @param trustsHost whether a backend on the host of the hub may have any address
   */
  public RemoteChunks(
      HubSource hub,
      Map<String, String> metadata,
      AddressGuard guard,
      boolean trustsHost,
      Ticker ticker) {
    this.hub = hub;
    this.backend = BackendAddress.of(metadata);
    this.guard = guard;
    this.ownHost =
        trustsHost
            && backend.filter(at -> host(at.host()).equals(host(hub.base().getHost()))).isPresent();
    this.ticker = ticker;
  }

  private static String host(String text) {
    return text.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Fetches a chunk.
   *
   * @return its verified bytes; empty if neither the hub nor the backend has the chunk
   * @throws SourceUnreachableException if the hub does not answer
   */
  public Optional<byte[]> get(ChunkId id) throws IOException {
    if (backendFirst) {
      Optional<byte[]> found = verified(id, fromBackend(id));
      return found.isPresent() ? found : verified(id, hub.chunk(id));
    }
    Optional<byte[]> found = verified(id, hub.chunk(id));
    if (found.isPresent()) {
      return found;
    }
    Optional<byte[]> other = verified(id, fromBackend(id));
    if (other.isPresent()) {
      backendFirst = true;
    }
    return other;
  }

  /** What is wrong with the backend; empty if nothing is known to be. */
  public Optional<String> backendFailure() {
    return Optional.ofNullable(failure);
  }

  private static Optional<byte[]> verified(ChunkId id, Optional<byte[]> bytes) {
    return bytes.filter(
        stored -> stored.length > 0 && new ChunkCodec().idOf(stored, 0, stored.length).equals(id));
  }

  private Optional<byte[]> fromBackend(ChunkId id) throws InterruptedIOException {
    if (backend.isEmpty() || failure != null) {
      return Optional.empty();
    }
    BackendConnection used = resting.poll();
    if (used != null) {
      try {
        return talk(used, id);
      } catch (IOException stale) {
        refuseInterrupted();
      }
    }
    return fromNewConnection(backend.get(), id);
  }

  /** After some failures, the backend is not asked again for this flist. */
  private Optional<byte[]> fromNewConnection(BackendAddress at, ChunkId id)
      throws InterruptedIOException {
    for (int attempt = 1; failure == null; attempt++) {
      try {
        return talk(connect(at), id);
      } catch (IOException e) {
        refuseInterrupted();
        if (attempt == ATTEMPTS || e instanceof PullException) {
          failure = at + ": " + e.getMessage();
          LOG.log(Level.DEBUG, "chunks cannot be fetched from {0}", failure);
        } else {
          sleep();
        }
      }
    }
    return Optional.empty();
  }

  private static void sleep() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static void refuseInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  private Optional<byte[]> talk(BackendConnection connection, ChunkId id) throws IOException {
    boolean fine = false;
    try {
      Optional<byte[]> value = connection.get(id);
      fine = true;
      return value;
    } finally {
      if (fine) {
        resting.add(connection);
      } else {
        connection.close();
      }
    }
  }

  private BackendConnection connect(BackendAddress at) throws IOException {
    List<InetAddress> addresses = guard.addresses(host(at.host()), at.port(), ownHost);
    return new BackendConnection(addresses.get(0), at, ticker);
  }

  @Override
  public void close() throws IOException {
    for (BackendConnection each = resting.poll(); each != null; each = resting.poll()) {
      each.close();
    }
  }
}
