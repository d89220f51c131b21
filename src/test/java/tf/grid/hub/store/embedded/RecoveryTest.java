package tf.grid.hub.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.store.ChunkInventory.Totals;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.embedded.pack.PackFiles;
import tf.grid.hub.store.embedded.pack.PackScan;
import tf.grid.hub.store.embedded.pack.RecordHeader;

/** What the store makes of files that a crash, a disk or an operator has changed. */
class RecoveryTest {
  private static final int PACK_SIZE = 40_000;
  private static final long TOTAL = 400;

  @TempDir Path directory;
  private final List<StoredChunk> kept = chunks(1, (int) TOTAL);

  private <T> T withStore(Function<EmbeddedStore, T> use) {
    try (EmbeddedStore store = new StoreRecovery(directory, Clock.systemUTC(), PACK_SIZE).open()) {
      return use.apply(store);
    }
  }

  private void put(List<StoredChunk> chunks) {
    withStore(
        store -> {
          store.put(chunks);
          return true;
        });
  }

  private void assertAllThere() {
    withStore(
        store -> {
          assertThat(store.missing(ids(kept))).isEmpty();
          for (StoredChunk chunk : kept) {
            assertThat(store.get(chunk.id())).hasValue(bytes(chunk));
          }
          long bytes = kept.stream().mapToLong(chunk -> chunk.bytes().remaining()).sum();
          assertThat(store.totals()).isEqualTo(new Totals(TOTAL, bytes));
          return true;
        });
  }

  private Path pack(int number) {
    return new PackFiles(directory).file(number);
  }

  private static void flip(Path file, long position) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(position);
      int old = bytes.read();
      bytes.seek(position);
      bytes.write(old ^ 1);
    }
  }

  @Test
  void a_full_pack_is_followed_by_another() {
    put(kept);
    assertThat(pack(0)).exists().matches(file -> file.toFile().length() <= PACK_SIZE);
    assertThat(pack(1)).exists();
    assertAllThere();
  }

  @Test
  void a_lost_index_is_made_again_from_the_packs() throws IOException {
    put(kept);
    Sqlite.delete(directory.resolve("index.sqlite"));
    assertAllThere();
  }

  @Test
  void a_broken_index_is_made_again_from_the_packs() throws IOException {
    put(kept);
    Sqlite.delete(directory.resolve("index.sqlite"));
    Files.write(directory.resolve("index.sqlite"), new byte[20_000]);
    flip(directory.resolve("index.sqlite"), 0);
    assertAllThere();
  }

  @Test
  void an_index_that_is_older_than_the_packs_learns_the_rest() throws IOException {
    put(kept.subList(0, 100));
    Path old = directory.resolve("old");
    Files.copy(directory.resolve("index.sqlite"), old);
    put(kept);
    Sqlite.delete(directory.resolve("index.sqlite"));
    Files.move(old, directory.resolve("index.sqlite"));
    assertAllThere();
  }

  @Test
  void half_a_record_at_the_end_is_cut_off() throws IOException {
    put(kept.subList(0, 50));
    long end = Files.size(pack(0));
    StoredChunk torn = chunk(9_999, 700);
    byte[] half = new byte[300];
    ByteBuffer head = ByteBuffer.allocate(RecordHeader.BYTES);
    new RecordHeader(torn.id(), 700, 0).writeTo(head);
    System.arraycopy(head.array(), 0, half, 0, RecordHeader.BYTES);
    Files.write(pack(0), half, StandardOpenOption.APPEND);
    withStore(
        store -> {
          assertThat(store.missing(List.of(torn.id()))).hasSize(1);
          assertThat(pack(0).toFile().length()).isEqualTo(end);
          store.put(List.of(torn));
          assertThat(store.get(torn.id())).hasValue(bytes(torn));
          return true;
        });
    withStore(store -> assertThat(store.get(torn.id())).hasValue(bytes(torn)));
  }

  /** Thousands of headers, each of which promises what is a hundred times as long. */
  @Test
  void forged_headers_cost_no_more_reading_than_there_is_to_scan() throws IOException {
    put(kept.subList(0, 50));
    long end = Files.size(pack(0));
    ByteBuffer forged = ByteBuffer.allocate(20_000 * RecordHeader.BYTES);
    while (forged.hasRemaining()) {
      new RecordHeader(kept.get(60).id(), 100_000, 0).writeTo(forged);
    }
    Files.write(pack(0), forged.array(), StandardOpenOption.APPEND);
    try (FileChannel file = FileChannel.open(pack(0))) {
      PackScan scan = new PackScan(file, 0, 0);
      int found = 0;
      while (scan.next().isPresent()) {
        found++;
      }
      assertThat(found).isEqualTo(50);
      assertThat(scan.end()).isEqualTo(end);
      assertThat(scan.rejected()).isBetween(100_000L, 2 * file.size() + 100_000);
    }
    put(kept);
    assertAllThere();
  }

  @Test
  void zeros_at_the_end_are_cut_off() throws IOException {
    put(kept.subList(0, 50));
    long end = Files.size(pack(0));
    Files.write(pack(0), new byte[70_000], StandardOpenOption.APPEND);
    put(kept);
    assertAllThere();
    assertThat(end).isPositive();
  }

  @Test
  void a_damaged_record_costs_only_itself_when_the_index_is_made_again() throws IOException {
    put(kept);
    Sqlite.delete(directory.resolve("index.sqlite"));
    flip(pack(0), 4);
    withStore(store -> assertThat(store.missing(ids(kept))).containsExactly(kept.get(0).id()));
    put(kept);
    assertAllThere();
  }

  @Test
  void a_flipped_byte_is_reported_counts_as_missing_and_is_healed_by_the_next_put()
      throws IOException {
    StoredChunk hit = kept.get(0);
    put(kept);
    flip(pack(0), RecordHeader.BYTES + 3);
    withStore(
        store -> {
          assertThat(store.missing(ids(kept))).isEmpty();
          assertThatThrownBy(() -> store.get(hit.id()))
              .isInstanceOf(StoreCorruptException.class)
              .hasMessageContaining(hit.id().toString());
          assertThat(store.missing(ids(kept))).containsExactly(hit.id());
          assertThat(store.totals().chunks()).isEqualTo(TOTAL - 1);
          assertThatThrownBy(() -> store.get(hit.id())).isInstanceOf(StoreCorruptException.class);
          store.put(List.of(hit));
          assertThat(store.get(hit.id())).hasValue(bytes(hit));
          return true;
        });
    assertAllThere();
  }

  @Test
  void a_pack_that_lost_its_end_is_noticed_and_its_chunks_count_as_missing() throws IOException {
    put(kept);
    try (RandomAccessFile bytes = new RandomAccessFile(pack(0).toFile(), "rw")) {
      bytes.setLength(5_000);
    }
    int missing = withStore(store -> store.missing(ids(kept)).size());
    assertThat(missing).isBetween(1, (int) TOTAL - 1);
    put(kept);
    assertAllThere();
  }

  @Test
  void a_pack_that_is_gone_is_noticed_and_its_chunks_count_as_missing() throws IOException {
    put(kept);
    Files.delete(pack(1));
    int missing = withStore(store -> store.missing(ids(kept)).size());
    assertThat(missing).isBetween(1, (int) TOTAL - 1);
    put(kept);
    assertAllThere();
  }

  @Test
  void a_full_disk_is_named_keeps_nothing_and_is_forgotten_once_there_is_room() throws IOException {
    Files.createSymbolicLink(pack(0), Path.of("/dev/full"));
    try (EmbeddedStore store = EmbeddedStore.open(directory, Clock.systemUTC())) {
      assertThatThrownBy(() -> store.put(kept))
          .isInstanceOf(StoreFullException.class)
          .hasMessageContaining("room")
          .hasMessageContaining(directory.toString());
      assertThat(store.missing(ids(kept))).hasSameSizeAs(kept);
      assertThat(store.totals()).isEqualTo(new Totals(0, 0));
      Files.delete(pack(0));
      store.put(kept);
    }
    assertAllThere();
  }
}
