package tf.grid.hub.store.zdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkScan;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.remote.DamagedChunks;

/**
 * Keeps chunks in a 0-db: id and stored bytes as they are. Batches go as pipelines. What a
 * confirmed chunk survives is the server's affair: it confirms before the disk does, unless it runs
 * with its sync options. Thread-safe.
 */
public final class ZdbChunkStore implements ChunkStore, ChunkScan {
  private static final int QUESTIONS = 1000;
  private static final int CHUNKS = 500;
  private static final int BATCH_BYTES = 4 << 20;
  private static final int PAGE_PARTS = 2;
  private static final String NO_MORE = "No more data";
  private static final String NOT_FOUND = "Key not found";
  private static final String MODE = "mode: ";
  private static final String USER_KEYS = MODE + "userkey";

  private final ZdbSettings settings;
  private final ZdbConnections connections;

  private final DamagedChunks damaged;
  private final Object repairing = new Object();

  /** Connects when it is first used, so that the hub starts without its store. */
  public ZdbChunkStore(ZdbSettings settings) {
    this(settings, DamagedChunks.inMemory());
  }

  /**
   * The same, with chunks that have to be deleted before they are stored again.
   *
   * @param damaged what is known of the content of this store
   */
  public ZdbChunkStore(ZdbSettings settings, DamagedChunks damaged) {
    this.settings = settings;
    this.damaged = damaged;
    this.connections = new ZdbConnections(settings);
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    Object reply =
        connections.with(
            connection -> {
              connection.sendCommand(Command.GET, id.bytes());
              return connection.getOne();
            });
    if (reply == null) {
      return Optional.empty();
    }
    return Optional.of(expect(byte[].class, reply));
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    int from = 0;
    while (from < chunks.size()) {
      int to = endOfBatch(chunks, from);
      List<StoredChunk> batch = chunks.subList(from, to);
      connections.with(connection -> send(connection, batch)).forEach(this::confirm);
      from = to;
    }
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    List<ChunkId> asked = List.copyOf(new LinkedHashSet<>(ids));
    Set<ChunkId> missing = new HashSet<>();
    for (int from = 0; from < asked.size(); from += QUESTIONS) {
      List<ChunkId> batch = asked.subList(from, Math.min(asked.size(), from + QUESTIONS));
      List<Object> replies = connections.with(connection -> ask(connection, batch));
      for (int i = 0; i < batch.size(); i++) {
        if (expect(Long.class, replies.get(i)) == 0) {
          missing.add(batch.get(i));
        }
      }
    }
    return missing;
  }

  /** {@inheritDoc} Only the error that tells of the end ends a scan; any other one fails it. */
  @Override
  public void scan(Consumer<Entry> visitor) {
    Optional<byte[]> cursor = Optional.empty();
    do {
      Optional<byte[]> from = cursor;
      Object page = connections.with(connection -> scanPage(connection, from));
      cursor = page == null ? Optional.empty() : Optional.of(show(page, visitor));
    } while (cursor.isPresent());
  }

  /** Returns the reply, or null at the end. */
  private static Object scanPage(Connection connection, Optional<byte[]> cursor) {
    if (cursor.isPresent()) {
      connection.sendCommand(Question.SCANX, cursor.get());
    } else {
      connection.sendCommand(Question.SCANX);
    }
    try {
      return connection.getOne();
    } catch (JedisDataException e) {
      if (String.valueOf(e.getMessage()).contains(NO_MORE)) {
        return null;
      }
      throw e;
    }
  }

  /** Shows the entries of a page, and returns the cursor of the next one. */
  private byte[] show(Object reply, Consumer<Entry> visitor) {
    List<?> page = expect(List.class, reply);
    if (page.size() != PAGE_PARTS) {
      throw new StoreCorruptException("the " + settings + " sent a page without a cursor", null);
    }
    for (Object row : expect(List.class, page.get(1))) {
      List<?> columns = expect(List.class, row);
      byte[] id = expect(byte[].class, columns.get(0));
      if (id.length == ChunkId.LENGTH) {
        visitor.accept(
            new Entry(
                ChunkId.of(id),
                expect(Long.class, columns.get(1)),
                Instant.ofEpochSecond(expect(Long.class, columns.get(2)))));
      }
    }
    return expect(byte[].class, page.get(0));
  }

  @Override
  public boolean knowsTimes() {
    return true;
  }

  @Override
  public void delete(Collection<ChunkId> ids) {
    List<ChunkId> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += QUESTIONS) {
      List<ChunkId> batch = all.subList(from, Math.min(all.size(), from + QUESTIONS));
      connections.with(
          connection -> {
            batch.forEach(id -> connection.sendCommand(Command.DEL, id.bytes()));
            batch.forEach(id -> deleted(connection));
            return batch;
          });
    }
  }

  private static void deleted(Connection connection) {
    try {
      connection.getOne();
    } catch (JedisDataException e) {
      if (!String.valueOf(e.getMessage()).contains(NOT_FOUND)) {
        throw e;
      }
    }
  }

  @Override
  public void probe() {
    String about =
        connections.with(
            connection -> {
              connection.sendCommand(Question.NSINFO, settings.namespace());
              return new String(expect(byte[].class, connection.getOne()), UTF_8);
            });
    String mode = about.lines().filter(line -> line.startsWith(MODE)).findFirst().orElse(USER_KEYS);
    if (!mode.equals(USER_KEYS)) {
      throw new StoreCorruptException(
          "the "
              + settings
              + " runs in another mode than a hub needs, which names chunks itself:"
              + " start it with --mode user, on an empty directory",
          null);
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  private static int endOfBatch(List<StoredChunk> chunks, int from) {
    int to = from;
    long bytes = 0;
    while (to < chunks.size() && to - from < CHUNKS && bytes < BATCH_BYTES) {
      bytes += chunks.get(to++).bytes().remaining();
    }
    return to;
  }

  /** The server writes nothing when it believes that it has the value: it compares checksums. */
  private static void forget(Connection connection, ChunkId id) {
    connection.sendCommand(Command.DEL, id.bytes());
    try {
      connection.getOne();
    } catch (JedisDataException refused) {
      // The gateway of a hub deletes nothing, but looks at what it has before it answers a SET.
      return;
    }
  }

  private List<Confirmation> send(Connection connection, List<StoredChunk> batch) {
    List<StoredChunk> repaired =
        batch.stream().filter(chunk -> damaged.contains(chunk.id())).toList();
    if (repaired.isEmpty()) {
      return set(connection, batch);
    }
    // Otherwise, one of two that repair a chunk could delete what the other has confirmed.
    synchronized (repairing) {
      for (StoredChunk chunk : repaired) {
        if (!isStored(connection, chunk)) {
          forget(connection, chunk.id());
        }
      }
      return set(connection, batch);
    }
  }

  private static boolean isStored(Connection connection, StoredChunk chunk) {
    connection.sendCommand(Command.GET, chunk.id().bytes());
    try {
      return connection.getOne() instanceof byte[] stored
          && chunk.bytes().equals(ByteBuffer.wrap(stored));
    } catch (JedisDataException unreadable) {
      return false;
    }
  }

  private static List<Confirmation> set(Connection connection, List<StoredChunk> batch) {
    for (StoredChunk chunk : batch) {
      connection.sendCommand(Command.SET, chunk.id().bytes(), bytes(chunk.bytes()));
    }
    List<Confirmation> replies = new ArrayList<>(batch.size());
    for (StoredChunk chunk : batch) {
      replies.add(new Confirmation(chunk.id(), connection.getOne()));
    }
    return replies;
  }

  private static List<Object> ask(Connection connection, List<ChunkId> batch) {
    for (ChunkId id : batch) {
      connection.sendCommand(Command.EXISTS, id.bytes());
    }
    List<Object> replies = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      replies.add(connection.getOne());
    }
    return replies;
  }

  /** The server repeats the id of what it has stored, and says nothing of what it had before. */
  private void confirm(Confirmation confirmation) {
    Object said = confirmation.said();
    if (said != null && !Arrays.equals(expect(byte[].class, said), confirmation.id().bytes())) {
      throw new StoreCorruptException(
          "the " + settings + " stored " + confirmation.id() + " under another id", null);
    }
  }

  private <T> T expect(Class<T> kind, Object reply) {
    if (!kind.isInstance(reply)) {
      throw new StoreCorruptException("the " + settings + " gave a reply of an unknown kind", null);
    }
    return kind.cast(reply);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private enum Question implements ProtocolCommand {
    NSINFO,
    SCANX;

    @Override
    public byte[] getRaw() {
      return name().getBytes(UTF_8);
    }
  }

  private record Confirmation(ChunkId id, Object said) {}
}
