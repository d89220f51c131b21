package tf.grid.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.gateway.RawClient.bulk;
import static tf.grid.hub.gateway.RawClient.bytes;
import static tf.grid.hub.gateway.RawClient.request;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.gateway.command.WriterAuthenticator;
import tf.grid.hub.store.ChunkSamples;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;

/** Every command, with the exact bytes that go over the wire. */
class GatewayCommandsTest {
  private static final String TOKEN = "a-good-token";
  private static final Instant NOW = Instant.ofEpochSecond(1_234_567_890, 654_321_000);
  private static final String READ_ONLY = "-Namespace is in read-only mode\r\n";

  private final MemoryStore store = new MemoryStore();
  private final StoredChunk one = chunk(1, 300);
  private final StoredChunk other = chunk(2, 70_000);
  private final byte[] id = one.id().bytes();
  private final byte[] value = ChunkSamples.bytes(one);
  private final byte[] unknown = chunk(99, 5).id().bytes();
  private Gateway gateway;
  private RawClient client;

  @BeforeEach
  void open() throws Exception {
    gateway = gateway(Optional.of(TOKEN::equals), true);
    client = new RawClient(gateway.address());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    gateway.close();
  }

  private Gateway gateway(Optional<WriterAuthenticator> writers, boolean inventory) {
    return new Gateway(
        GatewayOptions.at("127.0.0.1", 0),
        store,
        inventory ? Optional.of(store) : Optional.empty(),
        writers,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void a_fresh_connection_reads_a_chunk_at_once() throws Exception {
    store.put(List.of(one, other));
    client.ask("GET", id).expect(bulk(value));
    client.ask("get", other.id().bytes()).expect(bulk(ChunkSamples.bytes(other)));
  }

  @Test
  void a_chunk_that_is_not_there_is_nil() throws Exception {
    client.ask("GET", unknown).expect("$-1\r\n");
    client.ask("GET", "short").expect("$-1\r\n");
    client.ask("GET", "").expect("$-1\r\n");
    client.ask("GET", "x".repeat(5_000)).expect("$-1\r\n");
  }

  @Test
  void many_chunks_are_read_with_one_request() throws Exception {
    store.put(List.of(one, other));
    client
        .ask("MGET", id, unknown, other.id().bytes())
        .expect("*3\r\n")
        .expect(bulk(value))
        .expect("$-1\r\n")
        .expect(bulk(ChunkSamples.bytes(other)));
  }

  @Test
  void mget_takes_1023_keys_and_no_more() throws Exception {
    client.ask(mget(1023)).expect("*1023\r\n" + "$-1\r\n".repeat(1023));
    client.ask(mget(1024)).expect("-Too many arguments\r\n");
    client.ask(mget(5000)).expect("-Too many arguments\r\n");
    client.ask("PING").expect("+PONG\r\n");
  }

  private Object[] mget(int keys) {
    Object[] elements = new Object[keys + 1];
    Arrays.fill(elements, unknown);
    elements[0] = "MGET";
    return elements;
  }

  @Test
  void exists_is_one_or_zero() throws Exception {
    store.put(List.of(one));
    client.ask("EXISTS", id).expect(":1\r\n");
    client.ask("EXISTS", unknown).expect(":0\r\n");
    client.ask("EXISTS", "").expect(":0\r\n");
  }

  @Test
  void only_what_a_writer_asks_for_is_recorded_as_used() throws Exception {
    store.put(List.of(one));
    client.ask("EXISTS", id).expect(":1\r\n");
    client.ask("GET", id).expect(bulk(value));
    assertThat(store.questions).hasValue(0);
    client.ask("AUTH", "a-bad-token").expect("-Access denied\r\n");
    client.ask("EXISTS", id).expect(":1\r\n");
    assertThat(store.questions).hasValue(0);
    client.ask("AUTH", TOKEN).expect("+OK\r\n");
    client.ask("EXISTS", id).expect(":1\r\n");
    assertThat(store.questions).hasValue(1);
    client.ask("GET", id).expect(bulk(value));
    assertThat(store.questions).hasValue(2);
  }

  @Test
  void a_writer_stores_a_chunk_and_is_told_when_it_was_there() throws Exception {
    client.ask("AUTH", TOKEN).expect("+OK\r\n");
    client.ask("SET", id, value).expect(bulk(id));
    client.ask("SET", id, value).expect("$-1\r\n");
    assertThat(store.chunks.get(one.id())).isEqualTo(value);
  }

  @Test
  void the_command_line_client_introduces_itself_authenticates_selects_and_uploads()
      throws Exception {
    client.ask("INFO");
    assertThat(client.text()).contains("0-db (zdb)");
    client.ask("AUTH", TOKEN).expect("+OK\r\n");
    client.ask("SELECT", "default", "").expect("+OK\r\n");
    client.ask("EXISTS", id).expect(":0\r\n");
    client.ask("SET", id, value).expect(bulk(id));
    client.ask("GET", id).expect(bulk(value));
  }

  @Test
  void a_whole_upload_may_come_in_one_write() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(request("AUTH", TOKEN));
    all.writeBytes(request("SET", id, value));
    all.writeBytes(request("GET", id));
    client.send(all.toByteArray()).expect("+OK\r\n").expect(bulk(id)).expect(bulk(value));
  }

  @Test
  void a_chunk_is_set_by_either_name_of_the_command() throws Exception {
    client.ask("SETX", id, value).expect(READ_ONLY);
    client.ask("AUTH", TOKEN).expect("+OK\r\n");
    client.ask("setx", id, value).expect(bulk(id)).ask("SETX", id, value).expect("$-1\r\n");
    client.ask("SETX", id).expect("-Unexpected arguments\r\n");
    client.ask("GET", id).expect(bulk(value));
  }

  @Test
  void a_hub_without_authentication_needs_no_token() throws Exception {
    WriterAuthenticator everyone =
        new WriterAuthenticator() {
          @Override
          public boolean mayWrite(String token) {
            return true;
          }

          @Override
          public boolean mayWriteWithoutToken() {
            return true;
          }
        };
    try (Gateway open = gateway(Optional.of(everyone), true);
        RawClient writer = new RawClient(open.address())) {
      writer.ask("SELECT", "default").expect("+OK\r\n").ask("SET", id, value).expect(bulk(id));
      writer.ask("AUTH", "any").expect("+OK\r\n").ask("SET", id, value).expect("$-1\r\n");
    }
  }

  @Test
  void nobody_writes_without_a_token() throws Exception {
    client.ask("SET", id, value).expect(READ_ONLY);
    client.ask("SELECT", "default").expect("+OK\r\n").ask("SET", id, value).expect(READ_ONLY);
    client.ask("AUTH", "wrong").expect("-Access denied\r\n");
    client.ask("SET", id, value).expect(READ_ONLY);
    client.ask("SET", id, new byte[300_000]).expect(READ_ONLY);
    assertThat(store.chunks).isEmpty();
  }

  @Test
  void a_token_that_is_refused_ends_what_an_earlier_one_allowed() throws Exception {
    client.ask("AUTH", TOKEN).expect("+OK\r\n").ask("AUTH", "wrong").expect("-Access denied\r\n");
    client.ask("SET", id, value).expect(READ_ONLY);
  }

  @Test
  void a_token_that_is_revoked_is_refused_from_the_next_chunk_on() throws Exception {
    Set<String> good = ConcurrentHashMap.newKeySet();
    good.add(TOKEN);
    try (Gateway revoking = gateway(Optional.of(good::contains), true);
        RawClient writer = new RawClient(revoking.address())) {
      writer.ask("AUTH", TOKEN).expect("+OK\r\n").ask("SET", id, value).expect(bulk(id));
      good.clear();
      byte[] large = ChunkSamples.bytes(other);
      writer.ask("SET", other.id().bytes(), large).expect(READ_ONLY);
      good.add(TOKEN);
      writer.ask("SET", other.id().bytes(), large).expect(READ_ONLY);
      writer.ask("AUTH", TOKEN).expect("+OK\r\n");
      writer.ask("SET", other.id().bytes(), large).expect(bulk(other.id().bytes()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_192, 8_193, 100_000})
  void tokens_that_are_none_are_refused(int length) throws Exception {
    client.ask("AUTH", "t".repeat(length)).expect("-Access denied\r\n");
    client.ask("PING").expect("+PONG\r\n");
  }

  @Test
  void without_writers_there_is_nothing_to_authenticate_for() throws Exception {
    try (Gateway closed = gateway(Optional.empty(), true);
        RawClient reader = new RawClient(closed.address())) {
      reader.ask("AUTH", TOKEN).expect("-Authentication disabled\r\n");
      reader.ask("SET", id, value).expect(READ_ONLY);
    }
  }

  @Test
  void a_value_under_another_id_is_refused_and_those_around_it_are_kept() throws Exception {
    client.ask("AUTH", TOKEN).expect("+OK\r\n");
    client.ask("SET", unknown, value).expect("-Value does not match its id\r\n");
    client.ask("SET", "short", value).expect("-Value does not match its id\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(request("SET", id, value));
    all.writeBytes(request("SET", unknown, value));
    all.writeBytes(request("SET", id, value));
    client
        .send(all.toByteArray())
        .expect(bulk(id))
        .expect("-Value does not match its id\r\n")
        .expect("$-1\r\n");
    assertThat(store.chunks).containsOnlyKeys(one.id());
  }

  @Test
  void nobody_deletes_not_even_a_writer() throws Exception {
    store.put(List.of(one));
    client.ask("DEL", id).expect(READ_ONLY);
    client.ask("AUTH", TOKEN).expect("+OK\r\n").ask("DEL", id).expect(READ_ONLY);
    client.ask("EXISTS", id).expect(":1\r\n");
  }

  @Test
  void check_tells_whether_the_stored_value_is_intact() throws Exception {
    store.put(List.of(one));
    client.ask("CHECK", id).expect(":1\r\n");
    client.ask("CHECK", unknown).expect("$-1\r\n");
    store.failure = new StoreCorruptException("rotten", null);
    client.ask("CHECK", id).expect(":0\r\n");
  }

  @Test
  void length_and_time_of_a_chunk_are_told() throws Exception {
    store.put(List.of(one));
    client.ask("LENGTH", id).expect(":300\r\n").ask("LENGTH", unknown).expect("$-1\r\n");
    client.ask("KEYTIME", id).expect(":1700000000\r\n").ask("KEYTIME", "x").expect("$-1\r\n");
  }

  @Test
  void the_namespace_is_described() throws Exception {
    store.put(List.of(one, other));
    client.ask("NSINFO", "default");
    assertThat(client.text().lines())
        .contains("name: default", "entries: 2", "data_size_bytes: 70300");
    client.ask("NSINFO", "elsewhere").expect("-Namespace not found\r\n");
    client.ask("NSLIST").expect("*1\r\n$7\r\ndefault\r\n");
    client.ask("DBSIZE").expect(":2\r\n");
  }

  @Test
  void the_server_tells_its_time_and_that_it_lives() throws Exception {
    client.ask("TIME").expect("*2\r\n$10\r\n1234567890\r\n$6\r\n654321\r\n");
    client.ask("PING").expect("+PONG\r\n");
    client.ask("INFO");
    assertThat(client.text()).contains("0-db (zdb)").contains("clients_connected: 1");
  }

  @Test
  void a_scan_lists_every_chunk_once_and_ends_with_no_more_data() throws Exception {
    List<StoredChunk> all = ChunkSamples.chunks(5_000, 2_345);
    store.put(all);
    Set<String> seen = new HashSet<>();
    client.ask("SCANX");
    int pages = 0;
    for (String line = client.line(); line.equals("*2"); line = client.line()) {
      pages++;
      String cursor = client.text();
      int count = Integer.parseInt(client.line().substring(1));
      for (int i = 0; i < count; i++) {
        client.expect("*3\r\n");
        assertThat(seen.add(client.text())).isTrue();
        assertThat(client.line()).matches(":[0-9]+");
        client.expect(":1700000000\r\n");
      }
      client.ask("SCANX", cursor);
    }
    assertThat(seen).hasSize(2_345);
    assertThat(pages).isEqualTo(3);
    client.ask("SCANX", "nonsense").expect("-Invalid key format\r\n");
    client.ask("SCANX", "").expect("-Invalid key format\r\n");
  }

  @Test
  void an_empty_store_has_no_more_data() throws Exception {
    client.ask("SCANX").expect("-No more data\r\n");
  }

  @Test
  void only_the_namespace_that_there_is_can_be_selected() throws Exception {
    client.ask("SELECT", "default").expect("+OK\r\n");
    client.ask("SELECT", "default", "any password").expect("+OK\r\n");
    client.ask("SELECT", "0").expect("-Namespace not found\r\n");
    client.ask("SELECT", "x".repeat(3_000)).expect("-Namespace not found\r\n");
  }

  @ParameterizedTest
  @CsvSource({"KEYTIME,id", "DBSIZE,", "NSINFO,default", "SCANX,"})
  void what_a_store_cannot_tell_is_not_supported(String verb, String argument) throws Exception {
    store.put(List.of(one));
    try (Gateway plain = gateway(Optional.empty(), false);
        RawClient reader = new RawClient(plain.address())) {
      Object[] words = argument == null ? new Object[] {verb} : new Object[] {verb, argument};
      reader.ask(words).expect("-Command not supported\r\n");
      reader.ask("LENGTH", id).expect(":300\r\n");
      reader.ask("NSINFO", "elsewhere").expect("-Namespace not found\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HELLO", "CLIENT", "QUIT", "ECHO", "COMMAND", "HGET", "FLUSH", "", "GETGETGETGET"})
  void other_commands_are_not_supported_whatever_their_arguments(String verb) throws Exception {
    client.ask(verb).expect("-Command not supported\r\n");
    client.ask(verb, "3", new byte[100_000]).expect("-Command not supported\r\n");
    client.ask("PING").expect("+PONG\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,0",
    "GET,2",
    "MGET,0",
    "EXISTS,0",
    "EXISTS,2",
    "SET,1",
    "SET,3",
    "DEL,0",
    "DEL,2",
    "CHECK,0",
    "LENGTH,2",
    "KEYTIME,0",
    "INFO,1",
    "NSINFO,0",
    "NSLIST,1",
    "DBSIZE,1",
    "TIME,1",
    "PING,1",
    "SCANX,2",
    "SELECT,0",
    "SELECT,3",
    "AUTH,0",
    "AUTH,2"
  })
  void a_wrong_number_of_arguments_is_refused(String verb, int arguments) throws Exception {
    Object[] elements = new Object[arguments + 1];
    Arrays.fill(elements, unknown);
    elements[0] = verb;
    client.ask(elements).expect("-Unexpected arguments\r\n").ask("PING").expect("+PONG\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PING\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "$4\r\nPING\r\n", ":1\r\n"})
  void what_is_no_array_is_malformed_and_the_end(String inline) throws Exception {
    client.send(bytes(inline)).expect("-Malformed request, array expected\r\n").expectEnd();
  }

  @Test
  void an_array_of_nothing_lacks_arguments() throws Exception {
    client.send(bytes("*0\r\n*-1\r\n")).expect("-Missing arguments\r\n-Missing arguments\r\n");
    client.ask("PING").expect("+PONG\r\n");
  }

  @Test
  void failures_of_the_store_are_told_without_its_secrets() throws Exception {
    client.ask("AUTH", TOKEN).expect("+OK\r\n");
    store.failure = new StoreUnreachableException("tried 10.0.0.7:9900 with secret", null);
    client.ask("GET", id).expect("-Chunk store does not answer\r\n");
    client.ask("EXISTS", id).expect("-Chunk store does not answer\r\n");
    store.failure = new StoreFullException("/var/secret is full", null);
    client.ask("SET", id, value).expect("-No space left on this namespace\r\n");
    store.failure = new StoreAccessDeniedException("password", null);
    client.ask("SET", id, value).expect("-Chunk store refuses the hub\r\n");
    store.failure = new StoreCorruptException("rotten", null);
    client.ask("GET", id).expect("-Stored value is damaged\r\n");
    store.failure = null;
    client.ask("SET", id, value).expect(bulk(id));
  }
}
