package tf.grid.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.chunk;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkStoreContract;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.zdb.ZdbChunkStore;
import tf.grid.hub.store.zdb.ZdbSettings;

/** The client of the 0-db protocol against its server, over a real connection. */
class ZdbChunkStoreTest implements ChunkStoreContract {
  private static final String TOKEN = "a-good-token";

  private final MemoryStore behind = new MemoryStore();
  private final StoredChunk one = chunk(1, 200);
  private Gateway gateway;
  private ZdbChunkStore store;

  @BeforeEach
  void open() {
    gateway = gateway(0);
    store = new ZdbChunkStore(settings().withToken(TOKEN));
  }

  @AfterEach
  void close() {
    store.close();
    gateway.close();
  }

  @Override
  public ChunkStore store() {
    return store;
  }

  private Gateway gateway(int port) {
    return new Gateway(
        GatewayOptions.at("127.0.0.1", port),
        behind,
        Optional.empty(),
        Optional.of(TOKEN::equals),
        Clock.systemUTC());
  }

  private ZdbSettings settings() {
    return ZdbSettings.of("127.0.0.1", gateway.address().getPort(), "default");
  }

  @Test
  void a_scan_shows_every_chunk_with_its_size_and_time() {
    List<StoredChunk> many = chunks(1, 2_500);
    behind.put(many);
    GatewayOptions options = GatewayOptions.at("127.0.0.1", 0);
    try (Gateway listing =
            new Gateway(options, behind, Optional.of(behind), Optional.empty(), Clock.systemUTC());
        ZdbChunkStore scanned =
            new ZdbChunkStore(
                ZdbSettings.of("127.0.0.1", listing.address().getPort(), "default"))) {
      Map<ChunkId, Long> found = new HashMap<>();
      scanned.scan(
          entry -> {
            assertThat(entry.time()).isEqualTo(MemoryStore.TIME);
            found.put(entry.id(), entry.size());
          });
      assertThat(found).hasSize(2_500);
      many.forEach(
          chunk -> assertThat(found).containsEntry(chunk.id(), (long) chunk.bytes().remaining()));
    }
  }

  @Test
  void a_scan_of_a_server_that_cannot_list_fails() {
    behind.put(List.of(one));
    assertThatThrownBy(() -> store.scan(entry -> {})).isInstanceOf(StoreCorruptException.class);
  }

  @Test
  void without_a_token_the_hub_may_read_but_not_write() {
    behind.put(List.of(one));
    try (ZdbChunkStore reader = new ZdbChunkStore(settings())) {
      assertThat(reader.get(one.id())).isPresent();
      assertThatThrownBy(() -> reader.put(List.of(chunk(2, 9))))
          .isInstanceOf(StoreAccessDeniedException.class)
          .hasMessageContaining("read-only");
      assertThat(reader.missing(ids(List.of(one)))).isEmpty();
    }
  }

  @Test
  void a_wrong_token_or_namespace_is_access_denied_without_telling_secrets() {
    try (ZdbChunkStore wrong = new ZdbChunkStore(settings().withToken("wrong-secret"))) {
      assertThatThrownBy(() -> wrong.get(one.id()))
          .isInstanceOf(StoreAccessDeniedException.class)
          .hasMessageNotContaining("secret");
    }
    ZdbSettings elsewhere =
        ZdbSettings.of("127.0.0.1", gateway.address().getPort(), "elsewhere").withPassword("hush");
    try (ZdbChunkStore lost = new ZdbChunkStore(elsewhere)) {
      assertThatThrownBy(() -> lost.missing(ids(List.of(one))))
          .isInstanceOf(StoreAccessDeniedException.class)
          .hasMessageContaining("elsewhere")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void a_full_store_and_other_bytes_are_told_apart() {
    behind.failure = new StoreFullException("full", null);
    assertThatThrownBy(() -> store.put(List.of(one))).isInstanceOf(StoreFullException.class);
    behind.failure = new StoreCorruptException("other bytes", null);
    assertThatThrownBy(() -> store.get(one.id())).isInstanceOf(StoreCorruptException.class);
  }

  @Test
  void a_server_that_restarts_is_found_again_and_one_that_is_away_is_unreachable() {
    int port = FreePort.next();
    gateway.close();
    gateway = gateway(port);
    store.close();
    store = new ZdbChunkStore(settings().withToken(TOKEN));
    behind.put(List.of(one));
    assertThat(store.get(one.id())).isPresent();
    gateway.close();
    assertThatThrownBy(() -> store.get(one.id()))
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContaining("127.0.0.1:" + port);
    gateway = gateway(port);
    assertThat(store.get(one.id())).isPresent();
    gateway.close();
    gateway = gateway(port);
    assertThat(store.get(one.id())).as("over a connection that had died at rest").isPresent();
  }

  @Test
  void a_server_that_never_answers_is_unreachable_in_time() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ZdbChunkStore waiting =
            new ZdbChunkStore(
                ZdbSettings.of("127.0.0.1", mute.getLocalPort(), "default")
                    .withTimeout(Duration.ofMillis(200)))) {
      assertThatThrownBy(() -> waiting.get(one.id())).isInstanceOf(StoreUnreachableException.class);
    }
  }

  @Test
  void nothing_is_sent_before_select_with_the_namespaces_password() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ZdbChunkStore client =
            new ZdbChunkStore(
                ZdbSettings.of("127.0.0.1", server.getLocalPort(), "ns").withPassword("pw"))) {
      byte[] select = RawClient.request("SELECT", "ns", "pw");
      CompletableFuture<byte[]> first =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket peer = server.accept()) {
                  byte[] got = peer.getInputStream().readNBytes(select.length);
                  byte[] strange = "+OK\r\n:5\r\n".getBytes(StandardCharsets.US_ASCII);
                  peer.getOutputStream().write(strange);
                  peer.getInputStream()
                      .readNBytes(RawClient.request("GET", one.id().bytes()).length);
                  return got;
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      assertThatThrownBy(() -> client.get(one.id())).isInstanceOf(StoreCorruptException.class);
      assertThat(Await.result(first)).isEqualTo(select);
    }
  }
}
