package tf.grid.hub.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import tf.grid.hub.FreePort;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkStoreContract;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;

@NeedsPrograms("redis-server")
class RedisChunkStoreTest implements ChunkStoreContract {
  private static final String PASSWORD = "open-sesame";

  @TempDir static Path directory;
  private static RedisServer server;
  private String namespace;
  private RedisChunkStore store;

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    namespace = "test-" + UUID.randomUUID();
    store = open(server.port(), Optional.empty());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public ChunkStore store() {
    return store;
  }

  private RedisChunkStore open(int port, Optional<String> password) {
    return RedisChunkStore.open("127.0.0.1", port, namespace, password, Duration.ofMinutes(1));
  }

  @Test
  void a_scan_shows_every_chunk_with_its_size_and_deleted_ones_no_more() {
    List<StoredChunk> kept = chunks(1, 700);
    List<StoredChunk> gone = chunks(5_000, 300);
    store.put(kept);
    store.put(gone);
    store.delete(ids(gone));
    store.delete(ids(gone));

    Map<ChunkId, Long> found = new HashMap<>();
    store.scan(entry -> found.put(entry.id(), entry.size()));

    assertThat(found).hasSize(700);
    for (StoredChunk chunk : kept) {
      assertThat(found).containsEntry(chunk.id(), (long) chunk.bytes().remaining());
    }
    assertThat(store.missing(ids(gone))).hasSize(300);
  }

  @Test
  void a_chunk_is_a_field_of_the_hash_named_after_the_namespace() {
    StoredChunk one = chunk(1, 500);
    store.put(List.of(one));
    try (RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
      assertThat(client.hget(namespace.getBytes(UTF_8), one.id().bytes())).isEqualTo(bytes(one));
    }
  }

  @Test
  void a_namespace_that_is_something_else_is_corrupt() {
    try (RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
      client.set(namespace, "not a hash");
    }
    StoredChunk one = chunk(1, 10);
    assertThatThrownBy(() -> store.get(one.id())).isInstanceOf(StoreCorruptException.class);
    assertThatThrownBy(() -> store.put(List.of(one))).isInstanceOf(StoreCorruptException.class);
    assertThatThrownBy(() -> store.missing(List.of(one.id())))
        .isInstanceOf(StoreCorruptException.class)
        .hasMessageContaining("WRONGTYPE")
        .hasMessageContaining("127.0.0.1:" + server.port());
  }

  @Test
  void the_right_password_opens_a_server_and_others_are_denied_without_being_repeated()
      throws IOException {
    StoredChunk one = chunk(1, 10);
    try (RedisServer locked = RedisServer.start(directory, "--requirepass", PASSWORD)) {
      try (RedisChunkStore right = open(locked.port(), Optional.of(PASSWORD))) {
        right.put(List.of(one));
      }
      for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("guessed-it"))) {
        try (RedisChunkStore denied = open(locked.port(), wrong)) {
          assertThatThrownBy(() -> denied.get(one.id()))
              .isInstanceOf(StoreAccessDeniedException.class)
              .hasMessageContaining("password")
              .hasMessageNotContaining("guessed-it");
          assertThatThrownBy(() -> denied.put(List.of(one)))
              .isInstanceOf(StoreAccessDeniedException.class);
          assertThatThrownBy(() -> denied.missing(List.of(one.id())))
              .isInstanceOf(StoreAccessDeniedException.class);
        }
      }
    }
  }

  @Test
  void a_password_for_a_server_without_one_does_no_harm() {
    StoredChunk one = chunk(1, 10);
    try (RedisChunkStore superfluous = open(server.port(), Optional.of(PASSWORD))) {
      superfluous.put(List.of(one));
      assertThat(superfluous.missing(List.of(one.id()))).isEmpty();
    }
  }

  @Test
  void a_server_without_room_is_full() throws IOException {
    try (RedisServer small = RedisServer.start(directory, "--maxmemory", "3mb");
        RedisChunkStore full = open(small.port(), Optional.empty())) {
      List<StoredChunk> large = List.of(chunk(1, 4_000_000), chunk(2, 4_000_000));
      assertThatThrownBy(() -> full.put(large)).isInstanceOf(StoreFullException.class);
      assertThat(full.missing(ids(large))).isNotEmpty();
    }
  }

  @Test
  void a_server_that_is_not_there_is_unreachable() throws IOException {
    try (RedisChunkStore nowhere = open(FreePort.next(), Optional.empty())) {
      assertThatThrownBy(() -> nowhere.missing(ids(chunks(1, 3))))
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining("127.0.0.1");
    }
  }

  @Test
  void a_server_that_never_answers_is_unreachable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RedisChunkStore waiting =
            RedisChunkStore.open(
                "127.0.0.1",
                silent.getLocalPort(),
                namespace,
                Optional.empty(),
                Duration.ofMillis(300))) {
      assertThatThrownBy(() -> waiting.get(chunk(1, 10).id()))
          .isInstanceOf(StoreUnreachableException.class);
    }
  }

  @Test
  void it_goes_on_when_the_server_has_come_back() throws IOException {
    StoredChunk one = chunk(1, 10);
    try (RedisServer first = RedisServer.start(directory);
        RedisChunkStore patient = open(first.port(), Optional.empty())) {
      patient.put(List.of(one));
      first.stop();
      assertThatThrownBy(() -> patient.get(one.id())).isInstanceOf(StoreUnreachableException.class);
      try (RedisServer second =
          RedisServer.start(directory, "--port", Integer.toString(first.port()))) {
        assertThat(second.port()).isNotZero();
        assertThat(patient.missing(List.of(one.id()))).containsExactly(one.id());
      }
    }
  }
}
