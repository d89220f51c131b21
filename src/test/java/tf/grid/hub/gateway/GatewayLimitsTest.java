package tf.grid.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.gateway.RawClient.bulk;
import static tf.grid.hub.gateway.RawClient.bytes;
import static tf.grid.hub.gateway.RawClient.request;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.gateway.Gateway.GatewayStartException;
import tf.grid.hub.store.ChunkSamples;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoredChunk;

/** What clients that are many, slow, broken or hostile get, and what they cost. */
class GatewayLimitsTest {
  private static final String TOKEN = "a-good-token";
  private static final GatewayOptions USUAL = GatewayOptions.at("127.0.0.1", 0);
  private static final Duration LONG = Duration.ofMinutes(2);

  /** Long enough for a client that says something at once, on a machine that is busy. */
  private static final Duration SHORT = Duration.ofSeconds(4);

  private final MemoryStore store = new MemoryStore();
  private final StoredChunk one = chunk(1, 300);
  private Gateway gateway;

  private Gateway open(GatewayOptions settings) {
    gateway =
        new Gateway(
            settings, store, Optional.of(store), Optional.of(TOKEN::equals), Clock.systemUTC());
    return gateway;
  }

  private RawClient client() throws IOException {
    return new RawClient(gateway.address());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void two_thousand_requests_in_one_write_are_answered_in_their_order() throws Exception {
    open(USUAL);
    List<StoredChunk> chunks = ChunkSamples.chunks(1_000, 500);
    store.put(chunks);
    ByteArrayOutputStream asked = new ByteArrayOutputStream();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 2_000; i++) {
      StoredChunk chunk = chunks.get(i % 500);
      switch (i % 7) {
        case 0 -> {
          asked.writeBytes(request("EXISTS", chunk.id().bytes()));
          expected.writeBytes(bytes(":1\r\n"));
        }
        case 1 -> {
          asked.writeBytes(request("PING"));
          expected.writeBytes(bytes("+PONG\r\n"));
        }
        case 2 -> {
          asked.writeBytes(request("NOPE", "x"));
          expected.writeBytes(bytes("-Command not supported\r\n"));
        }
        case 3 -> {
          asked.writeBytes(request("MGET", chunk.id().bytes(), "x"));
          expected.writeBytes(bytes("*2\r\n"));
          expected.writeBytes(bulk(ChunkSamples.bytes(chunk)));
          expected.writeBytes(bytes("$-1\r\n"));
        }
        default -> {
          asked.writeBytes(request("GET", chunk.id().bytes()));
          expected.writeBytes(bulk(ChunkSamples.bytes(chunk)));
        }
      }
    }
    try (RawClient client = client()) {
      client.send(asked.toByteArray()).expect(expected.toByteArray());
    }
  }

  @Test
  void two_thousand_pipelined_writes_and_questions_reach_the_store_in_few_calls() throws Exception {
    open(USUAL);
    List<StoredChunk> chunks = ChunkSamples.chunks(9_000, 2_000);
    ByteArrayOutputStream writes = new ByteArrayOutputStream();
    ByteArrayOutputStream ids = new ByteArrayOutputStream();
    ByteArrayOutputStream questions = new ByteArrayOutputStream();
    for (StoredChunk chunk : chunks) {
      writes.writeBytes(request("SET", chunk.id().bytes(), ChunkSamples.bytes(chunk)));
      ids.writeBytes(bulk(chunk.id().bytes()));
      questions.writeBytes(request("EXISTS", chunk.id().bytes()));
    }
    try (RawClient client = client()) {
      client.ask("AUTH", TOKEN).expect("+OK\r\n");
      client.send(writes.toByteArray()).expect(ids.toByteArray());
      assertThat(store.chunks).hasSize(2_000);
      assertThat(store.puts).hasValueLessThan(200);
      store.questions.set(0);
      client.send(questions.toByteArray()).expect(":1\r\n".repeat(2_000));
      assertThat(store.questions).hasValueLessThan(200);
    }
    Await.until("all bytes given back", () -> gateway.bytesHeld() == 0);
  }

  @Test
  void a_request_may_come_byte_by_byte() throws Exception {
    open(USUAL);
    try (RawClient client = client()) {
      for (byte each : bytes("*2\r\n$4\r\nAUTH\r\n$12\r\n" + TOKEN + "\r\n*1\r\n$4\r\nping\r\n")) {
        client.send(new byte[] {each});
      }
      client.expect("+OK\r\n+PONG\r\n");
    }
  }

  @Test
  void one_who_stops_sending_still_gets_all_replies() throws Exception {
    open(USUAL);
    store.put(List.of(one));
    try (RawClient client = client()) {
      client.ask("GET", one.id().bytes()).ask("PING").finish();
      client.expect(bulk(ChunkSamples.bytes(one))).expect("+PONG\r\n").expectEnd();
    }
  }

  @Test
  void the_largest_value_is_stored_and_read_and_a_larger_one_resets_the_connection()
      throws Exception {
    open(USUAL);
    StoredChunk largest = chunk(5, 8 << 20);
    try (RawClient client = client()) {
      client.ask("AUTH", TOKEN).expect("+OK\r\n");
      client.ask("SET", largest.id().bytes(), ChunkSamples.bytes(largest));
      client.expect(bulk(largest.id().bytes()));
      client.ask("GET", largest.id().bytes()).expect(bulk(ChunkSamples.bytes(largest)));
      client.send(bytes("*3\r\n$3\r\nSET\r\n$16\r\n0123456789abcdef\r\n$8388609\r\n"));
      client.expectEnd();
    }
    Await.until("all bytes given back", () -> gateway.bytesHeld() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*1\r\n*1\r\n$4\r\nPING\r\n",
        "*2\r\n$3\r\nGET\r\n$-1\r\n",
        "*2\r\n$3\r\nGET\r\n:5\r\n",
        "*-7\r\n",
        "*1\r\n$-7\r\n",
        "*1\r\n$4\r\nPINGxx",
        "*99999999999999999999999999",
        "*1\r\n$9999999999999\r\n",
        "*\r\n",
        "*a\r\n"
      })
  void what_makes_no_sense_is_malformed_and_the_end(String nonsense) throws Exception {
    open(USUAL);
    try (RawClient client = client()) {
      client.ask("PING").send(bytes(nonsense));
      client.expect("+PONG\r\n-Malformed request, array expected\r\n").expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*65537\r\n", "*2147483648\r\n", "*9000000000000000000\r\n"})
  void a_huge_array_is_refused_when_it_is_announced(String header) throws Exception {
    open(USUAL);
    try (RawClient client = client()) {
      client.send(bytes(header)).expect("-Too many arguments\r\n").expectEnd();
    }
  }

  @Test
  void announcing_a_value_takes_no_memory_without_authentication() throws Exception {
    open(USUAL);
    try (RawClient client = client()) {
      client.send(bytes("*3\r\n$3\r\nSET\r\n$16\r\n0123456789abcdef\r\n$8388608\r\nabc"));
      try (RawClient other = client()) {
        other.ask("PING").expect("+PONG\r\n");
      }
      assertThat(gateway.bytesHeld()).isZero();
    }
  }

  @Test
  void twelve_idle_connections_of_a_mount_stay_open() throws Exception {
    open(USUAL.withTimeouts(LONG, SHORT));
    List<RawClient> mount = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      mount.add(client());
    }
    mount.get(0).ask("PING").expect("+PONG\r\n");
    try (RawClient stuck = client()) {
      stuck.send(bytes("*2\r\n$3\r\nGET\r\n")).expectEnd();
    }
    for (RawClient each : mount) {
      each.ask("PING").expect("+PONG\r\n");
      each.close();
    }
  }

  @Test
  void one_who_is_silent_for_too_long_is_let_go() throws Exception {
    open(USUAL.withTimeouts(SHORT, LONG));
    try (RawClient silent = client();
        RawClient talking = client()) {
      talking.ask("PING").expect("+PONG\r\n");
      silent.expectEnd();
      talking.expectEnd();
    }
    Await.until("both have left", () -> gateway.clients() == 0);
  }

  @Test
  void a_request_that_trickles_in_for_ever_is_cut() throws Exception {
    open(USUAL.withTimeouts(LONG, SHORT));
    try (RawClient slow = client()) {
      slow.send(bytes("*2\r\n$3\r\nGET\r\n$10000\r\n"));
      Await.until("it is cut", () -> isCut(slow));
    }
    Await.until("it has left", () -> gateway.clients() == 0);
  }

  private static boolean isCut(RawClient client) {
    try {
      client.send(bytes("x"));
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  @Test
  void one_who_asks_and_never_reads_holds_little_and_is_cut() throws Exception {
    open(USUAL.withTimeouts(LONG, SHORT).withMemory(16 << 20));
    StoredChunk large = chunk(7, 500_000);
    store.put(List.of(large));
    byte[] ask = request("GET", large.id().bytes());
    List<RawClient> greedy = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      RawClient client = new RawClient(gateway.address(), 4_096);
      greedy.add(client);
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      for (int j = 0; j < 500; j++) {
        many.writeBytes(ask);
      }
      client.send(many.toByteArray());
    }
    Await.until("memory is in use", () -> gateway.bytesHeld() > 1_000_000);
    Await.until("all have been cut", this::holdsLittleAndHasNoClients);
    assertThat(store.gets).hasValueLessThan(40 * 20);
    Await.until("all bytes given back", () -> gateway.bytesHeld() == 0);
    try (RawClient client = client()) {
      client.ask("GET", large.id().bytes()).expect(bulk(ChunkSamples.bytes(large)));
    }
    for (RawClient each : greedy) {
      each.close();
    }
  }

  private boolean holdsLittleAndHasNoClients() {
    assertThat(gateway.bytesHeld()).isLessThan(20L << 20);
    return gateway.clients() == 0;
  }

  @Test
  void a_slow_reader_gets_every_byte() throws Exception {
    open(USUAL.withMemory(16 << 20));
    StoredChunk large = chunk(7, 500_000);
    store.put(List.of(large));
    Object[] mget = new Object[101];
    java.util.Arrays.fill(mget, large.id().bytes());
    mget[0] = "MGET";
    try (RawClient client = new RawClient(gateway.address(), 8_192)) {
      client.ask(mget);
      Await.until("replies wait to be read", () -> gateway.bytesHeld() > 0);
      client.expect("*100\r\n");
      byte[] reply = bulk(ChunkSamples.bytes(large));
      for (int i = 0; i < 100; i++) {
        assertThat(gateway.bytesHeld()).isLessThanOrEqualTo(4L << 20);
        client.expect(reply);
      }
    }
  }

  @Test
  void writers_share_little_memory_and_all_succeed() throws Exception {
    open(USUAL.withMemory(16 << 20));
    List<Thread> threads = new ArrayList<>();
    List<String> done = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 6; i++) {
      int seed = 100 + i;
      Thread thread =
          new Thread(
              () -> {
                StoredChunk large = chunk(seed, 6 << 20);
                try (RawClient client = client()) {
                  client.ask("AUTH", TOKEN).expect("+OK\r\n");
                  client.ask("SET", large.id().bytes(), ChunkSamples.bytes(large));
                  client.expect(bulk(large.id().bytes()));
                  done.add("stored");
                } catch (IOException e) {
                  done.add(e.toString());
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(done).hasSize(6).containsOnly("stored");
    Await.until("all bytes given back", () -> gateway.bytesHeld() == 0);
  }

  @Test
  void one_who_leaves_in_the_middle_of_a_value_leaves_nothing_behind() throws Exception {
    open(USUAL);
    try (RawClient client = client()) {
      client.ask("AUTH", TOKEN).expect("+OK\r\n");
      client.send(bytes("*3\r\n$3\r\nSET\r\n$16\r\n0123456789abcdef\r\n$8388608\r\nabc"));
      Await.until("the value is expected", () -> gateway.bytesHeld() == 8 << 20);
    }
    Await.until("it is given back", () -> gateway.bytesHeld() == 0 && gateway.clients() == 0);
  }

  @Test
  void over_the_bound_a_client_is_told_and_there_is_room_again_when_one_leaves() throws Exception {
    open(USUAL.withConnections(3, 2));
    try (RawClient first = client()) {
      first.ask("PING").expect("+PONG\r\n");
      try (RawClient second = client()) {
        second.ask("PING").expect("+PONG\r\n");
        try (RawClient third = client()) {
          third.expect("-Max connections reached\r\n").expectEnd();
        }
        first.ask("PING").expect("+PONG\r\n");
      }
      Await.until("one has left", () -> gateway.clients() == 1);
      try (RawClient next = client()) {
        next.ask("PING").expect("+PONG\r\n");
      }
    }
  }

  @Test
  void a_busy_port_is_a_clear_failure() {
    open(USUAL);
    int port = gateway.address().getPort();
    assertThatThrownBy(
            () ->
                new Gateway(
                    GatewayOptions.at("127.0.0.1", port),
                    store,
                    Optional.empty(),
                    Optional.empty(),
                    Clock.systemUTC()))
        .isInstanceOf(GatewayStartException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void when_it_stops_clients_are_cut_and_the_port_is_free() throws Exception {
    int port = FreePort.next();
    open(GatewayOptions.at("127.0.0.1", port));
    try (RawClient client = client()) {
      client.ask("PING").expect("+PONG\r\n");
      gateway.close();
      client.expectEnd();
    }
    open(GatewayOptions.at("127.0.0.1", port));
    try (RawClient client = client()) {
      client.ask("PING").expect("+PONG\r\n");
    }
  }
}
