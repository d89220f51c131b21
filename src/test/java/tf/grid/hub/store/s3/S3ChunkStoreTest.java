package tf.grid.hub.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkStoreContract;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.remote.DamagedChunks;
import tf.grid.hub.store.remote.VerifiedStore;
import tf.grid.hub.store.remote.VerifiedStore.Known;

/** The store against a real S3 server. */
@NeedsPrograms({"ceph", "ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "monmaptool"})
class S3ChunkStoreTest implements ChunkStoreContract {
  private static final String BUCKET = "chunks";
  private static final Duration PATIENT = Duration.ofMinutes(1);

  @TempDir static Path directory;
  private static RadosGateway server;
  private String prefix;
  private S3ChunkStore store;

  @BeforeAll
  static void start() throws IOException {
    server = RadosGateway.start(directory);
    server.createBucket(BUCKET);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    prefix = "test-" + UUID.randomUUID() + "/";
    store = server.store(BUCKET, prefix, PATIENT);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public ChunkStore store() {
    return store;
  }

  private S3Client client() {
    return S3Connection.open(server.settings(BUCKET, prefix, PATIENT));
  }

  private static Map<Object, Entry> scanned(S3ChunkStore of) {
    Map<Object, Entry> found = new HashMap<>();
    of.scan(entry -> found.put(entry.id(), entry));
    return found;
  }

  /** There are more chunks than fit into a page, for each first digit. */
  @Test
  void a_scan_shows_every_chunk_with_size_and_time_and_deleted_ones_no_more() {
    Instant before = Instant.now().minusSeconds(2);
    List<StoredChunk> kept = chunks(1, 1_300);
    List<StoredChunk> gone = chunks(5_000, 1_100);
    store.put(kept);
    store.put(gone);
    assertThat(scanned(store)).hasSize(2_400);

    store.delete(ids(gone));
    store.delete(ids(gone));

    Map<Object, Entry> found = scanned(store);
    assertThat(found).hasSize(1_300);
    for (StoredChunk chunk : kept) {
      Entry entry = found.get(chunk.id());
      assertThat(entry.size()).isEqualTo(chunk.bytes().remaining());
      assertThat(entry.time()).isBetween(before, Instant.now().plusSeconds(2));
    }
    assertThat(store.missing(ids(gone))).hasSize(1_100);
  }

  @Test
  void a_chunk_is_an_object_whose_key_is_the_prefix_and_the_id() {
    StoredChunk one = chunk(1, 500);
    store.put(List.of(one));
    try (S3Client client = client()) {
      var object = client.getObjectAsBytes(get -> get.bucket(BUCKET).key(prefix + one.id()));
      assertThat(object.asByteArray()).isEqualTo(bytes(one));
    }
  }

  @Test
  void objects_that_are_no_chunks_are_left_alone() {
    try (S3Client client = client()) {
      for (String name : List.of("README", "a", "ABCDEF0123456789ABCDEF0123456789", "0/1")) {
        client.putObject(
            put -> put.bucket(BUCKET).key(prefix + name), RequestBody.fromString("note", UTF_8));
      }
    }
    StoredChunk one = chunk(1, 500);
    store.put(List.of(one));
    assertThat(scanned(store).keySet()).containsExactly(one.id());
  }

  @Test
  void stores_with_other_prefixes_do_not_see_each_other() {
    StoredChunk one = chunk(1, 500);
    store.put(List.of(one));
    try (S3ChunkStore other = server.store(BUCKET, "other-" + prefix, PATIENT)) {
      assertThat(other.missing(List.of(one.id()))).containsExactly(one.id());
      assertThat(scanned(other)).isEmpty();
    }
  }

  @Test
  void other_bytes_under_an_id_are_reported_and_can_be_made_good() {
    StoredChunk one = chunk(1, 5_000);
    ChunkStore verified = new VerifiedStore(store, DamagedChunks.inMemory(), Known.TRUSTED);
    store.put(List.of(one));
    for (byte[] wrong : List.of(new byte[0], new byte[5_000], new byte[2 << 20])) {
      try (S3Client client = client()) {
        client.putObject(
            put -> put.bucket(BUCKET).key(prefix + one.id()), RequestBody.fromBytes(wrong));
      }
      assertThatThrownBy(() -> verified.get(one.id()))
          .isInstanceOf(StoreCorruptException.class)
          .hasMessageContaining(one.id().toString());

      assertThat(verified.lacking(List.of(one.id()))).containsExactly(one.id());
      assertThat(verified.missing(List.of(one.id()))).containsExactly(one.id());
      verified.put(List.of(one));
      assertThat(verified.lacking(List.of(one.id()))).isEmpty();
      assertThat(verified.get(one.id())).hasValue(bytes(one));
    }
  }

  @Test
  void what_another_hub_has_stored_is_there() {
    List<StoredChunk> all = chunks(1, 100);
    try (S3ChunkStore other = server.store(BUCKET, prefix, PATIENT)) {
      assertThat(store.missing(ids(all))).hasSize(100);
      other.put(all);
    }
    assertThat(store.missing(ids(all))).isEmpty();
  }

  @Test
  void a_bucket_that_goes_away_is_named_too() {
    server.createBucket("passing");
    try (S3ChunkStore passing = server.store("passing", "", PATIENT);
        S3Client client = client()) {
      passing.probe();
      passing.probe();
      client.deleteBucket(bucket -> bucket.bucket("passing"));
      assertThatThrownBy(passing::probe)
          .isInstanceOf(StoreAccessDeniedException.class)
          .hasMessageContaining("NoSuchBucket");
    }
  }

  @Test
  void a_bucket_that_does_not_exist_is_named() {
    try (S3ChunkStore wrong = server.store("nowhere", "", PATIENT)) {
      assertThatThrownBy(wrong::probe)
          .isInstanceOf(StoreAccessDeniedException.class)
          .hasMessageContaining("NoSuchBucket")
          .hasMessageContaining("nowhere")
          .hasMessageContaining("create the bucket");
      assertThatThrownBy(() -> wrong.put(chunks(1, 3)))
          .isInstanceOf(StoreAccessDeniedException.class);
    }
  }

  @Test
  void wrong_keys_are_denied_and_not_repeated() {
    for (S3Settings.Credentials wrong :
        List.of(
            new S3Settings.Credentials(RadosGateway.KEY, "guessed-it"),
            new S3Settings.Credentials("nobody", RadosGateway.SECRET))) {
      S3Settings right = server.settings(BUCKET, prefix, PATIENT);
      S3Settings settings =
          new S3Settings(
              right.endpoint(),
              right.region(),
              right.bucket(),
              right.prefix(),
              right.pathStyle(),
              Optional.of(wrong),
              right.connections(),
              right.timeout());
      assertThat(settings.toString()).doesNotContain("guessed-it");
      try (S3ChunkStore denied = S3ChunkStore.open(settings, Ticker.SYSTEM)) {
        StoredChunk one = chunk(1, 10);
        assertThatThrownBy(denied::probe)
            .isInstanceOf(StoreAccessDeniedException.class)
            .hasMessageContaining("check the access key and the secret")
            .hasMessageNotContaining("guessed-it");
        assertThatThrownBy(() -> denied.get(one.id()))
            .isInstanceOf(StoreAccessDeniedException.class);
        assertThatThrownBy(() -> denied.put(List.of(one)))
            .isInstanceOf(StoreAccessDeniedException.class);
        assertThatThrownBy(() -> denied.missing(List.of(one.id())))
            .isInstanceOf(StoreAccessDeniedException.class);
        assertThatThrownBy(() -> denied.delete(List.of(one.id())))
            .isInstanceOf(StoreAccessDeniedException.class);
      }
    }
  }

  @Test
  void a_gateway_that_hangs_or_is_killed_is_unreachable_until_it_is_back() throws IOException {
    StoredChunk one = chunk(1, 1_000);
    try (S3ChunkStore hasty = server.store(BUCKET, prefix, Duration.ofMillis(500))) {
      hasty.put(List.of(one));
      server.pause();
      try {
        assertThatThrownBy(() -> hasty.get(one.id())).isInstanceOf(StoreUnreachableException.class);
        assertThatThrownBy(() -> hasty.put(chunks(2, 3)))
            .isInstanceOf(StoreUnreachableException.class);
        assertThatThrownBy(hasty::probe)
            .isInstanceOf(StoreUnreachableException.class)
            .hasMessageContaining(server.endpoint().toString());
      } finally {
        server.resume();
      }
      server.kill();
      try {
        assertThatThrownBy(() -> hasty.get(one.id())).isInstanceOf(StoreUnreachableException.class);
        assertThatThrownBy(() -> hasty.scan(entry -> {}))
            .isInstanceOf(StoreUnreachableException.class);
      } finally {
        server.startGateway();
      }
    }
    assertThat(store.get(one.id())).hasValue(bytes(one));
    assertThat(store.missing(ids(List.of(one)))).isEmpty();
  }
}
