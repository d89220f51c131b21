package tf.grid.hub.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.HandClock;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.space.CollectorTest.NoRewriting;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkScan;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.lease.ChunkUses;
import tf.grid.hub.store.remote.ScannedStore;

/** Collections in stores that list chunks in no order and do not know their times. */
class ScannedStoreTest {
  private static final Duration GRACE = Duration.ofHours(2);

  @TempDir Path directory;
  private final Unordered store = new Unordered();
  private final HandClock clock = new HandClock(Instant.parse("2026-01-02T03:04:05Z"));

  /** Shows chunks in random order, and some twice. */
  private static final class Unordered extends MemoryStore implements ChunkScan {
    private boolean broken;

    @Override
    public void scan(Consumer<Entry> visitor) {
      List<ChunkId> all = new ArrayList<>(chunks.keySet());
      all.addAll(all.subList(0, all.size() / 3));
      Collections.shuffle(all, new Random(1));
      for (ChunkId id : all) {
        visitor.accept(new Entry(id, chunks.get(id).length, Instant.EPOCH));
        if (broken) {
          throw new IllegalStateException("the connection broke");
        }
      }
    }

    @Override
    public boolean knowsTimes() {
      return false;
    }

    @Override
    public void delete(Collection<ChunkId> ids) {
      ids.forEach(chunks::remove);
    }
  }

  @Test
  void pages_list_every_chunk_once_in_the_order_of_the_ids() {
    store.put(chunks(1, 3_000));
    ScannedStore sweep = new ScannedStore(store, store, directory);
    for (int round = 0; round < 2; round++) {
      List<Entry> listed = new ArrayList<>();
      List<Entry> page = sweep.page(Optional.empty(), 100);
      while (!page.isEmpty()) {
        listed.addAll(page);
        page = sweep.page(Optional.of(page.get(page.size() - 1).id()), 100);
      }
      assertThat(listed.stream().map(Entry::id))
          .isEqualTo(ids(chunks(1, 3_000)).stream().sorted().toList());
    }
    assertThat(directory).isEmptyDirectory();
  }

  private Collector collector(ChunkUses uses) throws IOException {
    Md5Cache md5s = Md5Cache.rememberedIn(directory.resolve("md5s"), Clock.systemUTC());
    Catalogue catalogue = DirectoryCatalogue.open(directory.resolve("users"), md5s);
    Files.createDirectories(directory.resolve("users/alice"));
    Path work = Files.createDirectories(directory.resolve("work"));
    return new Collector(
        catalogue,
        new ScannedStore(store, store, work),
        store,
        uses,
        work,
        directory.resolve("state/unused.ids"),
        clock,
        Optional.empty());
  }

  @Test
  void a_chunk_goes_when_it_was_unused_a_grace_period_ago_and_still_is() throws IOException {
    try (ChunkUses uses = ChunkUses.open(directory.resolve("uses"), GRACE, clock)) {
      Collector collector = collector(uses);
      store.put(chunks(1, 100));
      clock.pass(GRACE.multipliedBy(2));
      assertThat(collect(collector)).isZero();
      clock.pass(GRACE.dividedBy(2));
      store.put(chunks(1_000, 50));
      assertThat(collect(collector)).isZero();
      assertThat(collector.dryRun(Turn.ALONE, step -> {}).young().chunks()).isEqualTo(150);

      clock.pass(GRACE);
      assertThat(collector.dryRun(Turn.ALONE, step -> {}).garbage().chunks()).isEqualTo(100);
      uses.storing(ids(chunks(1, 10)), () -> {});
      assertThat(collect(collector)).isEqualTo(90);
      assertThat(store.chunks.keySet()).containsAll(ids(chunks(1_000, 50)));

      clock.pass(GRACE.multipliedBy(2));
      assertThat(collect(collector)).isEqualTo(50);
      clock.pass(GRACE.multipliedBy(2));
      assertThat(collect(collector)).isEqualTo(10);
      assertThat(store.chunks).isEmpty();
    }
  }

  private static long collect(Collector collector) {
    return collector.collect(Turn.ALONE, new NoRewriting(), step -> {}).deleted().chunks();
  }

  @Test
  void a_scan_that_breaks_off_deletes_nothing() throws IOException {
    try (ChunkUses uses = ChunkUses.open(directory.resolve("uses"), GRACE, clock)) {
      Collector collector = collector(uses);
      store.put(chunks(1, 100));
      clock.pass(GRACE);
      collect(collector);
      clock.pass(GRACE.multipliedBy(2));
      store.broken = true;
      assertThatThrownBy(() -> collect(collector)).hasMessage("the connection broke");
      assertThat(store.chunks).hasSize(100);
      assertThat(directory.resolve("work")).isEmptyDirectory();
      store.broken = false;
      assertThat(collect(collector)).isEqualTo(100);
    }
  }

  @Test
  void a_collection_that_is_stopped_leaves_no_files() throws IOException {
    try (ChunkUses uses = ChunkUses.open(directory.resolve("uses"), GRACE, clock)) {
      Collector collector = collector(uses);
      store.put(chunks(1, 100));
      assertThatThrownBy(
              () ->
                  collector.dryRun(
                      Turn.ALONE,
                      step -> {
                        if (step.endsWith("at 80")) {
                          throw new IllegalStateException("stopped");
                        }
                      }))
          .hasMessage("stopped");
      assertThat(directory.resolve("work")).isEmptyDirectory();
    }
  }
}
