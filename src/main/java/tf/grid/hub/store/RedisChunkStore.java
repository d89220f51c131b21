package tf.grid.hub.store;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import tf.grid.hub.chunk.Blake2b;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/**
 * Keeps chunks in a Redis server, as fields of the hash that is named after the namespace. How
 * durable they are is that server's setting. Many chunks go in one round trip, of which a bounded
 * part is in flight. Thread-safe; there are as many connections as threads that use it at once, up
 * to a limit.
 */
public final class RedisChunkStore implements ChunkStore, ChunkScan {
  private static final int MAX_CONNECTIONS = 16;
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

  private final RedisClient client;
  private final byte[] hash;
  private final String address;

  private RedisChunkStore(RedisClient client, String namespace, String address) {
    this.client = client;
    this.hash = namespace.getBytes(UTF_8);
    this.address = address;
  }

  /**
   * Prepares a store; the first connection is made when the first chunk is asked for.
   *
   * @param namespace name of the hash
   * @param password for {@code AUTH}, empty when the server wants none
   * @param timeout how long to wait for a connection, and for an answer
   */
  public static RedisChunkStore open(
      String host, int port, String namespace, Optional<String> password, Duration timeout) {
    // RESP2 and no client information: old servers and look-alikes know neither HELLO nor SETINFO.
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .protocol(RedisProtocol.RESP2)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .timeoutMillis(Math.toIntExact(timeout.toMillis()));
    password.ifPresent(config::password);
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(MAX_CONNECTIONS);
    pool.setMaxIdle(MAX_CONNECTIONS);
    pool.setMaxWait(timeout);
    RedisClient client =
        RedisClient.builder()
            .hostAndPort(host, port)
            .clientConfig(config.build())
            .poolConfig(pool)
            .build();
    return new RedisChunkStore(client, namespace, host + ":" + port);
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return asking("get chunk " + id, () -> Optional.ofNullable(client.hget(hash, id.bytes())));
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
        pipeline -> chunk -> pipeline.hset(hash, chunk.id().bytes(), bytes(chunk)));
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
          inOneTrip("ask for chunks", slice, pipeline -> id -> pipeline.hexists(hash, id.bytes()));
      for (int i = 0; i < there.size(); i++) {
        if (!there.get(i)) {
          missing.add(slice.get(i));
        }
      }
    }
    return missing;
  }

  @Override
  public Set<ChunkId> lacking(Collection<ChunkId> ids) {
    Set<ChunkId> lacking = new HashSet<>(missing(ids));
    ids.stream().filter(id -> !isIntact(id)).forEach(lacking::add);
    return lacking;
  }

  private boolean isIntact(ChunkId id) {
    return get(id).filter(stored -> isNamed(id, stored)).isPresent();
  }

  private static boolean isNamed(ChunkId id, byte[] stored) {
    return id.equals(ChunkId.of(Blake2b.digest(ChunkId.LENGTH, stored, 0, stored.length)));
  }

  /** {@inheritDoc} A script on the server lists ids and sizes, so that no content is sent. */
  @Override
  public void scan(Consumer<Entry> visitor) {
    byte[] cursor = FIRST;
    do {
      List<byte[]> arguments = List.of(cursor, Integer.toString(SCANNED).getBytes(UTF_8));
      List<?> page =
          asking("list chunks", () -> (List<?>) client.eval(LISTING, List.of(hash), arguments));
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
    inOneTrip("delete chunks", List.copyOf(ids), pipeline -> id -> pipeline.hdel(hash, id.bytes()));
  }

  @Override
  public void probe() {
    asking("look into the namespace", () -> client.hlen(hash));
  }

  private <A, B> List<B> inOneTrip(
      String tried, List<A> items, Function<Pipeline, Function<A, Response<B>>> command) {
    if (items.isEmpty()) {
      return List.of();
    }
    return asking(
        tried,
        () -> {
          try (Pipeline pipeline = client.pipelined()) {
            List<Response<B>> answers = items.stream().map(command.apply(pipeline)).toList();
            pipeline.sync();
            return answers.stream().map(Response::get).toList();
          }
        });
  }

  private <T> T asking(String tried, Supplier<T> question) {
    try {
      return question.get();
    } catch (JedisDataException e) {
      throw refused(say(tried, "it answered " + kindOf(e)), kindOf(e), e);
    } catch (JedisConnectionException e) {
      throw new StoreUnreachableException(say(tried, "it cannot be reached or is too slow"), e);
    } catch (JedisException e) {
      throw new StoreUnreachableException(say(tried, "no connection was free in time"), e);
    } catch (ClassCastException | NumberFormatException e) {
      throw new StoreCorruptException(say(tried, "its answer makes no sense"), e);
    }
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
    return "tried to " + tried + " of the Redis store at " + address + " but " + happened;
  }

  @Override
  public void close() {
    client.close();
  }
}
