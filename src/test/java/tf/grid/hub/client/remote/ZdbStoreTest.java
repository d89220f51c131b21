package tf.grid.hub.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.gateway.Gateway;
import tf.grid.hub.gateway.GatewayOptions;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkStoreContract;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoredChunk;

/** The client's side of the 0-db protocol, with the gateway of a hub on the other. */
class ZdbStoreTest implements ChunkStoreContract {
  private static final String TOKEN = "a-good-token";

  private final MemoryStore behind = new MemoryStore();
  private final StoredChunk one = chunk(1, 200);
  private Gateway gateway = gateway(FreePort.next());
  private final ZdbStore store = store("default", Optional.of(TOKEN));

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

  private ZdbStore store(String namespace, Optional<String> token) {
    int port = gateway.address().getPort();
    return new ZdbStore(new ZdbAddress("127.0.0.1", port, namespace), token);
  }

  @Test
  void what_was_sent_is_counted() {
    store.put(List.of(one, chunk(2, 300)));
    assertThat(store.sentChunks()).isEqualTo(2);
    assertThat(store.sentBytes()).isEqualTo(500);
  }

  @Test
  void who_may_not_write_is_told_what_the_hub_says() {
    behind.put(List.of(one));
    try (ZdbStore reader = store("default", Optional.empty())) {
      assertThat(reader.get(one.id())).hasValue(bytes(one));
      assertThatThrownBy(() -> reader.put(List.of(chunk(2, 9))))
          .hasRootCauseInstanceOf(HubException.class)
          .hasMessageContaining("Namespace is in read-only mode")
          .extracting(e -> ((HubException) e.getCause()).status())
          .isEqualTo(403);
    }
    try (ZdbStore wrong = store("default", Optional.of("wrong-secret"))) {
      assertThatThrownBy(() -> wrong.get(one.id()))
          .hasMessageContaining("Access denied")
          .hasMessageNotContaining("secret");
    }
    try (ZdbStore lost = store("elsewhere", Optional.of(TOKEN))) {
      assertThatThrownBy(() -> lost.missing(List.of(one.id())))
          .hasMessageContaining("Namespace not found");
    }
  }

  @Test
  void a_connection_that_breaks_is_made_again() {
    store.put(List.of(one));
    int port = gateway.address().getPort();
    gateway.close();
    gateway = gateway(port);
    assertThat(store.get(one.id())).hasValue(bytes(one));
  }

  @Test
  void a_wrong_address_fails_at_once() {
    int free = FreePort.next();
    try (ZdbStore nowhere =
        new ZdbStore(new ZdbAddress("127.0.0.1", free, "default"), Optional.empty())) {
      assertThatThrownBy(() -> nowhere.get(one.id()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("127.0.0.1:" + free)
          .hasMessageEndingWith("is the address right?");
    }
  }

  @Test
  void another_protocol_is_recognized() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ZdbStore client =
            new ZdbStore(
                new ZdbAddress("127.0.0.1", server.getLocalPort(), "default"), Optional.empty())) {
      CompletableFuture<Void> page =
          CompletableFuture.runAsync(
              () -> {
                try (Socket peer = server.accept()) {
                  byte[] answer =
                      "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8);
                  peer.getOutputStream().write(answer);
                  peer.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThatThrownBy(() -> client.get(one.id()))
          .hasMessageContaining("does not respond as a 0-db does");
      Await.result(page);
    }
  }
}
