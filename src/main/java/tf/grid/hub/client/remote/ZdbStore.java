package tf.grid.hub.client.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.StoredChunk;

/**
 * Chunks over the 0-db protocol, at the gateway of a hub or in a 0-db that accepts them. There are
 * as many connections as threads that use it at once. Like requests over HTTP, exchanges are
 * repeated for a minute if the connection breaks. Thread-safe.
 */
public final class ZdbStore extends RemoteStore {
  private static final int QUESTIONS = 1000;
  private static final int CHUNKS = 500;
  private static final int BATCH_BYTES = 3 << 20;

  private final ZdbAddress address;
  private final Optional<String> token;
  private final Deque<ZdbConnection> idle = new ConcurrentLinkedDeque<>();

  /** Whether there ever was a connection; if not, the address may be wrong. */
  private volatile boolean reached;

  /**
   * Connects when it is first used.
   *
   * @param token of the hub, for {@code AUTH}
   */
  public ZdbStore(ZdbAddress address, Optional<String> token) {
    this.address = address;
    this.token = token;
  }

  /** What is said over one connection; it may be repeated over another. */
  private interface Exchange<T> {
    T over(ZdbConnection connection) throws IOException;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return with(
        connection -> {
          connection.send("GET", ByteBuffer.wrap(id.bytes()));
          return connection.reply();
        });
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    for (int from = 0; from < chunks.size(); ) {
      int to = from;
      long bytes = 0;
      while (to < chunks.size() && to - from < CHUNKS && bytes < BATCH_BYTES) {
        bytes += chunks.get(to++).bytes().remaining();
      }
      List<StoredChunk> batch = chunks.subList(from, to);
      with(connection -> send(connection, batch));
      sent(batch.size(), bytes);
      from = to;
    }
  }

  private static Void send(ZdbConnection connection, List<StoredChunk> batch) throws IOException {
    for (StoredChunk chunk : batch) {
      connection.send("SET", ByteBuffer.wrap(chunk.id().bytes()), chunk.bytes());
    }
    for (int i = 0; i < batch.size(); i++) {
      connection.reply(); // The id, or nil if the chunk was there already.
    }
    return null;
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    Set<ChunkId> missing = new HashSet<>();
    List<ChunkId> all = List.copyOf(new HashSet<>(ids));
    for (int from = 0; from < all.size(); from += QUESTIONS) {
      List<ChunkId> batch = all.subList(from, Math.min(all.size(), from + QUESTIONS));
      missing.addAll(with(connection -> ask(connection, batch)));
    }
    return missing;
  }

  private static Set<ChunkId> ask(ZdbConnection connection, List<ChunkId> batch)
      throws IOException {
    for (ChunkId id : batch) {
      connection.send("EXISTS", ByteBuffer.wrap(id.bytes()));
    }
    Set<ChunkId> missing = new HashSet<>();
    for (ChunkId id : batch) {
      byte[] number = connection.reply().orElse(new byte[0]);
      if (number.length != 1 || number[0] != '1') {
        missing.add(id);
      }
    }
    return missing;
  }

  private <T> T with(Exchange<T> exchange) {
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return once(exchange);
        } catch (HubException e) {
          throw e;
        } catch (IOException e) {
          if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
            throw e;
          } else if (!reached || attempt == Retries.ATTEMPTS) {
            throw new IOException(
                "cannot reach the backend %s (%s): is the address right?"
                    .formatted(address, e.getMessage()),
                e);
          }
          close(); // The other idle connections are broken too.
        }
        Retries.pause(attempt);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection with a failure may have unread replies, and is not used again. */
  private <T> T once(Exchange<T> exchange) throws IOException {
    ZdbConnection connection = idle.poll();
    if (connection == null) {
      connection = new ZdbConnection(address, token);
      reached = true;
    }
    boolean intact = false;
    try {
      T result = exchange.over(connection);
      intact = true;
      return result;
    } finally {
      if (intact) {
        idle.push(connection);
      } else {
        connection.close();
      }
    }
  }

  @Override
  public void close() {
    for (ZdbConnection each = idle.poll(); each != null; each = idle.poll()) {
      try {
        each.close();
      } catch (IOException e) {
        // It is not used any more.
      }
    }
  }
}
