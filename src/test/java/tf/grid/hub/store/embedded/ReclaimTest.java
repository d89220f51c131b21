package tf.grid.hub.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.HandClock;
import tf.grid.hub.store.ChunkInventory.Totals;
import tf.grid.hub.store.ChunkSweep.Rewriting;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.embedded.pack.PackFiles;
import tf.grid.hub.store.embedded.pack.RecordHeader;

/** Chunks are deleted, and their space is given back to the disk. */
class ReclaimTest {
  private static final int PACK_SIZE = 40_000;
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path directory;
  private final HandClock clock = new HandClock(FIRST);
  private final List<StoredChunk> all = chunks(1, 400);
  private final List<StoredChunk> kept = everySecond(0);
  private final List<StoredChunk> dropped = everySecond(1);
  private EmbeddedStore store;

  private List<StoredChunk> everySecond(int from) {
    List<StoredChunk> some = new ArrayList<>();
    for (int i = from; i < all.size(); i += 2) {
      some.add(all.get(i));
    }
    return some;
  }

  @BeforeEach
  void open() {
    store = new StoreRecovery(directory, clock, PACK_SIZE).open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private record Sharing(double deadShare, Runnable copying) implements Rewriting {
    @Override
    public void copying(long bytes) {
      copying.run();
    }
  }

  private long reclaim(double deadShare) {
    return store.reclaim(new Sharing(deadShare, () -> {}));
  }

  private long packBytes() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".pack"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static long stored(List<StoredChunk> chunks) {
    return chunks.stream().mapToLong(chunk -> chunk.bytes().remaining() + RecordHeader.BYTES).sum();
  }

  private void assertKept() {
    assertThat(store.missing(ids(all))).containsExactlyInAnyOrderElementsOf(ids(dropped));
    for (StoredChunk chunk : kept) {
      assertThat(store.get(chunk.id())).hasValue(bytes(chunk));
    }
    for (StoredChunk chunk : dropped) {
      assertThat(store.get(chunk.id())).isEmpty();
    }
    long bytes = kept.stream().mapToLong(chunk -> chunk.bytes().remaining()).sum();
    assertThat(store.totals()).isEqualTo(new Totals(kept.size(), bytes));
  }

  @Test
  void a_deleted_chunk_is_missing_and_can_be_stored_again() {
    store.put(all);
    store.delete(ids(dropped));
    assertKept();
    store.put(dropped);
    assertThat(store.missing(ids(all))).isEmpty();
    assertThat(store.get(dropped.get(3).id())).hasValue(bytes(dropped.get(3)));
  }

  @Test
  void deleting_what_is_not_there_changes_nothing() {
    store.put(kept);
    store.delete(ids(dropped));
    assertKept();
  }

  @Test
  void the_packs_hold_only_what_is_kept_after_their_space_was_given_back() throws IOException {
    store.put(all);
    store.delete(ids(dropped));
    long before = packBytes();
    assertThat(reclaim(0.1)).isPositive();
    assertKept();
    assertThat(before).isEqualTo(stored(all));
    assertThat(packBytes()).isEqualTo(stored(kept));
  }

  @Test
  void packs_with_few_deleted_bytes_stay() throws IOException {
    store.put(all);
    store.delete(ids(dropped));
    assertThat(reclaim(0.9)).isZero();
    assertThat(packBytes()).isEqualTo(stored(all));
  }

  @Test
  void chunks_keep_the_time_of_storing_when_they_are_copied() {
    store.put(all);
    store.delete(ids(dropped));
    clock.pass(Duration.ofDays(3));
    reclaim(0.1);
    assertThat(store.entry(kept.get(0).id()).orElseThrow().time()).isEqualTo(FIRST);
  }

  @Test
  void nothing_is_lost_or_comes_back_when_the_store_is_opened_again() throws IOException {
    store.put(all);
    store.delete(ids(dropped));
    reclaim(0.1);
    close();
    open();
    assertKept();
    store.put(chunks(5_000, 50));
    assertThat(reclaim(0.1)).isZero();
    assertKept2(chunks(5_000, 50));
  }

  private void assertKept2(List<StoredChunk> more) {
    assertThat(store.missing(ids(kept))).isEmpty();
    assertThat(store.missing(ids(more))).isEmpty();
  }

  @Test
  void what_is_kept_is_found_without_the_index_too() throws IOException {
    store.put(all);
    store.delete(ids(dropped));
    reclaim(0.1);
    close();
    Sqlite.delete(directory.resolve("index.sqlite"));
    open();
    assertKept();
  }

  @Test
  void an_interrupted_rewriting_continues_with_the_next_one() throws IOException {
    store.put(all);
    store.delete(ids(dropped));
    int[] left = {130};
    Sharing stopping =
        new Sharing(
            0.1,
            () -> {
              if (left[0]-- == 0) {
                throw new CancellationException();
              }
            });
    assertThatThrownBy(() -> store.reclaim(stopping)).isInstanceOf(CancellationException.class);
    assertKept();
    close();
    open();
    assertKept();
    reclaim(0.1);
    assertKept();
    assertThat(packBytes()).isLessThan(stored(kept) + PACK_SIZE);
  }

  @Test
  void a_pack_that_was_about_to_be_deleted_is_deleted_at_the_next_start() throws Exception {
    store.put(all.subList(0, 100));
    store.delete(ids(all));
    close();
    Path index = directory.resolve("index.sqlite");
    try (LocationIndex open = new LocationIndex(index)) {
      assertThat(open.packs().retire(0)).isTrue();
    }
    Path file = new PackFiles(directory).file(0);
    assertThat(file).exists();
    open();
    assertThat(file).doesNotExist();
    assertThat(store.totals().chunks()).isZero();
  }

  @Test
  void a_chunk_behind_a_damaged_record_header_moves_as_well() throws IOException {
    store.put(all);
    StoredChunk hurt = kept.get(0);
    try (RandomAccessFile pack =
        new RandomAccessFile(new PackFiles(directory).file(0).toFile(), "rw")) {
      pack.write('x');
    }
    store.delete(ids(dropped));
    reclaim(0.1);
    assertThat(store.get(hurt.id())).hasValue(bytes(hurt));
    assertKept();
  }

  @Test
  void a_damaged_chunk_counts_as_missing_when_its_pack_is_rewritten() throws IOException {
    store.put(all);
    store.totals();
    try (RandomAccessFile pack =
        new RandomAccessFile(new PackFiles(directory).file(0).toFile(), "rw")) {
      pack.seek(RecordHeader.BYTES);
      int old = pack.read();
      pack.seek(RecordHeader.BYTES);
      pack.write(old ^ 1);
    }
    store.delete(ids(dropped));
    reclaim(0.1);
    assertThat(store.missing(ids(kept))).containsExactly(kept.get(0).id());
    store.put(kept.subList(0, 1));
    assertKept();
  }

  @Test
  void readers_and_writers_never_miss_a_chunk_that_moves() throws Exception {
    store.put(all);
    store.delete(ids(dropped));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(
            threads.submit(
                () -> {
                  while (!over.get()) {
                    for (StoredChunk chunk : kept) {
                      assertThat(store.get(chunk.id())).hasValue(bytes(chunk));
                    }
                    assertThat(store.missing(ids(kept))).isEmpty();
                  }
                }));
      }
      Future<Integer> writer =
          threads.submit(
              () -> {
                int next = 10_000;
                while (!over.get()) {
                  store.put(chunks(next, 10));
                  next += 10;
                }
                return next;
              });
      for (int round = 0; round < 20; round++) {
        List<StoredChunk> passing = chunks(100_000 + 1_000 * round, 300);
        store.put(passing);
        store.delete(ids(passing));
        reclaim(0.05);
      }
      over.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
      assertThat(store.missing(ids(chunks(10_000, writer.get() - 10_000)))).isEmpty();
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    assertThat(store.page(Optional.empty(), 1)).isNotEmpty();
  }
}
