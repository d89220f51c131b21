package tf.grid.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.upload.UploadRejectedException;
import tf.grid.hub.upload.merge.FlistMerger;
import tf.grid.hub.upload.merge.MergeSources;

/**
 * Collections one after the other while clients upload, merge, copy, rename and delete what shares
 * most of its chunks. There is no grace period to speak of, and all chunks seem to be old: only
 * leases and the order of uses and deletions keep chunks.
 */
class CollectionRaceTest {
  private static final int CLIENTS = 4;
  private static final int ROUNDS = 120;
  private static final int SHARED = 16;

  @TempDir Path directory;
  private SpaceBench hub;
  private FlistMerger merger;

  @BeforeEach
  void open() throws IOException {
    Clock past = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
    hub = new SpaceBench(directory, Duration.ofSeconds(-10), past);
    merger =
        new FlistMerger(new MergeSources(hub.catalogue), hub.publisher, hub.settings, hub.places);
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  @Test
  void no_chunk_of_a_published_flist_is_ever_deleted() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
    AtomicBoolean over = new AtomicBoolean();
    try {
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(client(i)));
      }
      Future<Integer> collections =
          threads.submit(
              () -> {
                int count = 0;
                long deleted = 0;
                while (!over.get() || deleted == 0) {
                  deleted += hub.collect().deleted().chunks();
                  count++;
                }
                return count;
              });
      for (Future<Void> client : clients) {
        client.get();
      }
      over.set(true);
      assertThat(collections.get()).isPositive();
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    hub.collect();
    assertEverythingThere(directory.resolve("users"));
    assertThat(hub.collector.dryRun(Turn.ALONE, step -> {}).missing()).isZero();
  }

  private Callable<Void> client(int number) {
    RepositoryName own = new RepositoryName("client" + number);
    Random random = new Random(number);
    return () -> {
      for (int round = 0; round < ROUNDS; round++) {
        hub.upload(own, "f" + random.nextInt(4), contents(random));
        step(own, random);
        if (round % 10 == 0) {
          assertEverythingThere(directory.resolve("users").resolve(own.value()));
        }
      }
      return null;
    };
  }

  private void step(RepositoryName own, Random random) throws Exception {
    String one = "f" + random.nextInt(4);
    String other = "f" + random.nextInt(4);
    RepositoryName source = new RepositoryName("client" + random.nextInt(CLIENTS));
    try {
      switch (random.nextInt(4)) {
        case 0 -> hub.changes.delete(own, EntryName.parse(one));
        case 1 -> hub.changes.rename(own, EntryName.parse(one), EntryName.parse(other));
        case 2 -> hub.changes.promote(own, source, FlistName.parse(one), FlistName.parse(other));
        default ->
            merger.merge(own, FlistName.parse(other), List.of(own + "/" + one, source + "/" + one));
      }
    } catch (CatalogueException | UploadRejectedException missing) {
      // Its source was deleted before.
      assertThat(missing).hasMessageNotContaining("chunk");
    }
  }

  private static List<String> contents(Random random) {
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      contents.add(
          random.nextInt(5) > 0
              ? "shared " + random.nextInt(SHARED)
              : "unique " + random.nextLong());
    }
    return contents;
  }

  private void assertEverythingThere(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      List<Path> flists = files.filter(file -> file.toString().endsWith(".flist")).toList();
      for (Path flist : flists) {
        assertThat(hub.direct.missing(hub.chunksOf(flist))).isEmpty();
      }
    }
  }
}
