package tf.grid.hub.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkScan;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;

/**
 * Keeps chunks in a Redis server, as fields of the hash that is named after the namespace, or in a
 * cluster, in many such hashes. How durable they are is that server's setting. Many chunks go in
 * one round trip, of which a bounded part is in flight. Thread-safe; there are as many connections
 * as threads that use it at once, up to a limit.
 */
public final class RedisChunkStore implements ChunkStore, ChunkScan {
  private static final System.Logger LOG = System.getLogger(RedisChunkStore.class.getName());
  private static final int MAX_QUESTIONS = 2_000;

  /** Chunks that the server looks at in one step, during which others wait. */
  private static final int SCANNED = 64;

  private static final byte[] FIRST = {'0'};

  /** Older servers cannot scan a hash without its values. */
  private static final byte[] LISTING =
      """
      local page = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
      local result = {page[1]}
      for i = 1, #page[2], 2 do
        result[#result + 1] = page[2][i]
        result[#result + 1] = #page[2][i + 1]
      end
      return result
      """
          .getBytes(UTF_8);

  private static final int MAX_BYTES = 4 << 20;

  private final RedisConnection redis;
  private final ChunkHashes hashes;

  private RedisChunkStore(RedisConnection redis, ChunkHashes hashes) {
    this.redis = redis;
    this.hashes = hashes;
  }

  /**
   * Prepares a store in a server; the first connection is made when the first chunk is asked for.
   *
   * @param namespace name of the hash
   * @param password for {@code AUTH}, empty when the server wants none
   * @param timeout how long to wait for a connection, and for an answer
   */
  public static RedisChunkStore open(
      String host, int port, String namespace, Optional<String> password, Duration timeout) {
    return new RedisChunkStore(
        RedisConnection.toServer(host, port, password, timeout), ChunkHashes.one(namespace));
  }

  /**
   * Prepares a store in a cluster; the first connection is made when the first chunk is asked for.
   *
   * @param nodes some nodes, as {@code host:port}; they tell of the others
   * @param namespace begin of the names of the hashes
   * @param password for {@code AUTH}, empty when the nodes want none
   * @param timeout how long to wait for a connection, and for an answer
   */
  public static RedisChunkStore openCluster(
      List<String> nodes, String namespace, Optional<String> password, Duration timeout) {
    return new RedisChunkStore(
        RedisConnection.toCluster(nodes, password, timeout), ChunkHashes.spread(namespace));
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return asking(
        "get chunk " + id,
        () -> Optional.ofNullable(redis.client().hget(hashes.of(id), id.bytes())));
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    List<StoredChunk> batch = new ArrayList<>();
    long bytes = 0;
    for (StoredChunk chunk : chunks) {
      batch.add(chunk);
      bytes += chunk.bytes().remaining();
      if (bytes >= MAX_BYTES || batch.size() == MAX_QUESTIONS) {
        putAtOnce(batch);
        batch.clear();
        bytes = 0;
      }
    }
    putAtOnce(batch);
  }

  private void putAtOnce(List<StoredChunk> batch) {
    // A field that is there may be damaged: it is written over, which costs no more than asking.
    inOneTrip(
        "put chunks",
        batch,
        pipeline ->
            chunk -> pipeline.hset(hashes.of(chunk.id()), chunk.id().bytes(), bytes(chunk)));
  }

  private static byte[] bytes(StoredChunk chunk) {
    byte[] bytes = new byte[chunk.bytes().remaining()];
    chunk.bytes().duplicate().get(bytes);
    return bytes;
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    Set<ChunkId> missing = new HashSet<>();
    List<ChunkId> asked = List.copyOf(new HashSet<>(ids));
    for (int from = 0; from < asked.size(); from += MAX_QUESTIONS) {
      List<ChunkId> slice = asked.subList(from, Math.min(asked.size(), from + MAX_QUESTIONS));
      List<Boolean> there =
          inOneTrip(
              "ask for chunks",
              slice,
              pipeline -> id -> pipeline.hexists(hashes.of(id), id.bytes()));
      for (int i = 0; i < there.size(); i++) {
        if (!there.get(i)) {
          missing.add(slice.get(i));
        }
      }
    }
    return missing;
  }

  /** {@inheritDoc} A script on the server lists ids and sizes, so that no content is sent. */
  @Override
  public void scan(Consumer<Entry> visitor) {
    hashes.all().forEach(hash -> scan(hash, visitor));
  }

  private void scan(byte[] hash, Consumer<Entry> visitor) {
    byte[] cursor = FIRST;
    do {
      List<byte[]> arguments = List.of(cursor, Integer.toString(SCANNED).getBytes(UTF_8));
      List<?> page =
          asking(
              "list chunks",
              () -> (List<?>) redis.client().eval(LISTING, List.of(hash), arguments));
      for (int i = 1; i + 1 < page.size(); i += 2) {
        byte[] id = (byte[]) page.get(i);
        if (id.length == ChunkId.LENGTH) {
          visitor.accept(new Entry(ChunkId.of(id), (Long) page.get(i + 1), Instant.EPOCH));
        }
      }
      cursor = (byte[]) page.get(0);
    } while (!Arrays.equals(cursor, FIRST));
  }

  @Override
  public boolean knowsTimes() {
    return false;
  }

  @Override
  public void delete(Collection<ChunkId> ids) {
    inOneTrip(
        "delete chunks",
        List.copyOf(ids),
        pipeline -> id -> pipeline.hdel(hashes.of(id), id.bytes()));
  }

  @Override
  public void probe() {
    inOneTrip("look into the namespace", hashes.all(), pipeline -> pipeline::hlen);
  }

  private <A, B> List<B> inOneTrip(
      String tried, List<A> items, Function<AbstractPipeline, Function<A, Response<B>>> command) {
    if (items.isEmpty()) {
      return List.of();
    }
    return asking(
        tried,
        () -> {
          try (AbstractPipeline pipeline = redis.pipeline()) {
            List<Response<B>> answers = items.stream().map(command.apply(pipeline)).toList();
            pipeline.sync();
            return answers.stream().map(Response::get).toList();
          }
        });
  }

  private <T> T asking(String tried, Supplier<T> question) {
    try {
      return question.get();
    } catch (JedisRedirectionException e) {
      refresh();
      throw new StoreUnreachableException(say(tried, "it was moved to another node"), e);
    } catch (JedisDataException e) {
      throw refused(say(tried, "it answered " + kindOf(e)), kindOf(e), e);
    } catch (JedisConnectionException e) {
      throw new StoreUnreachableException(say(tried, "it cannot be reached or is too slow"), e);
    } catch (JedisClusterOperationException e) {
      throw ofAllNodes(tried, e);
    } catch (JedisException e) {
      throw new StoreUnreachableException(say(tried, "no connection was free in time"), e);
    } catch (ClassCastException | NumberFormatException e) {
      throw new StoreCorruptException(say(tried, "its answer makes no sense"), e);
    } catch (IllegalStateException e) {
      // The pipeline of a cluster has no answers of a node that it has lost.
      throw new StoreUnreachableException(say(tried, "a node cannot be reached or is too slow"), e);
    }
  }

  private void refresh() {
    try {
      redis.refresh();
    } catch (JedisException e) {
      LOG.log(Level.DEBUG, "the nodes of {0} are not known: {1}", redis, e.toString());
    }
  }

  /** Nodes that refuse the hub say why; that they cannot be reached is only the last reason. */
  private StoreException ofAllNodes(String tried, JedisClusterOperationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      for (Throwable each : cause.getSuppressed()) {
        if (each instanceof JedisDataException e) {
          return refused(say(tried, "it answered " + kindOf(e)), kindOf(e), e);
        }
      }
      if (cause instanceof JedisDataException e) {
        return refused(say(tried, "it answered " + kindOf(e)), kindOf(e), e);
      }
    }
    return new StoreUnreachableException(
        say(tried, "its nodes cannot be reached or are too slow"), failure);
  }

  private static StoreException refused(String message, String answer, JedisException cause) {
    return switch (answer) {
      case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED", "READONLY" ->
          new StoreAccessDeniedException(message + ": check the password of the store", cause);
      case "OOM", "MISCONF" -> new StoreFullException(message + ": give it more room", cause);
      case "LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN" ->
          new StoreUnreachableException(message, cause);
      default ->
          new StoreCorruptException(message + ": is the namespace used by something else?", cause);
    };
  }

  /** Redis begins an error with its kind; the rest may repeat what it was asked. */
  private static String kindOf(JedisException e) {
    return String.valueOf(e.getMessage()).split(" ", 2)[0].toUpperCase(Locale.ROOT);
  }

  private String say(String tried, String happened) {
    return "tried to " + tried + " of " + redis + " but " + happened;
  }

  @Override
  public void close() {
    redis.close();
  }
}
