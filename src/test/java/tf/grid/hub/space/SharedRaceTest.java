package tf.grid.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.background.GroupSettings;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.shared.ElsewhereException;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.ChunksBeingDeletedException;
import tf.grid.hub.store.StoreException.ChunksDeletedException;
import tf.grid.hub.upload.UploadRejectedException;

/**
 * Hubs that collect by turns, while clients of all of them upload, merge, copy, rename and delete
 * what shares most of its chunks. The grace period is so short that many uploads and copies take
 * longer: they must fail, or their chunks must be there.
 */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class SharedRaceTest {
  private static final int HUBS = 3;
  private static final int CLIENTS = 2 * HUBS;
  private static final int ROUNDS = 20;
  private static final int SHARED = 16;
  private static final int GRACE_MILLIS = 50;

  /** More than a grace period. */
  private static final int LONGEST_PAUSE = 200;

  /** Between the storing of chunks and the publication; a collection has at least one. */
  private static final int MOMENTS_PER_UPLOAD = 8;

  private static final int COLLECTOR_PAUSE = 50;

  @TempDir Path directory;

  /** How often a collection was about to look at the store, or to delete. */
  private final AtomicInteger moments = new AtomicInteger();

  private final SharedChunks chunks = new SharedChunks(this::moment);
  private final List<SharedHub> hubs = new ArrayList<>();
  private final AtomicBoolean broken = new AtomicBoolean();

  /** Whether collections run. */
  private final AtomicBoolean over = new AtomicBoolean(true);

  private final AtomicInteger late = new AtomicInteger();

  @BeforeEach
  void open() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    String database = server.newDatabase();
    for (int i = 0; i < HUBS; i++) {
      hubs.add(
          new SharedHub(
              directory.resolve("hub" + i),
              server.settings(database, 6),
              chunks,
              new GroupSettings(
                  "hub" + i,
                  Duration.ofMillis(GRACE_MILLIS),
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(5),
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(1)),
              Ticker.SYSTEM,
              this::slow));
    }
    // Without a repository, nothing is deleted.
    hubs.get(0).upload(new RepositoryName("first"), "f", List.of("first"));
  }

  @AfterEach
  void close() throws IOException {
    for (SharedHub hub : hubs) {
      hub.close();
    }
  }

  @Test
  void no_chunk_of_a_published_flist_is_ever_deleted_and_garbage_is() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + HUBS);
    AtomicLong deleted = new AtomicLong();
    over.set(false);
    try {
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(client(i)));
      }
      List<Future<Integer>> collections = new ArrayList<>();
      for (SharedHub hub : hubs) {
        collections.add(threads.submit(() -> collectUntilOver(deleted, hub)));
      }
      for (Future<Void> client : clients) {
        assertThat(Await.result(client)).isNull();
      }
      over.set(true);
      for (Future<Integer> count : collections) {
        assertThat(Await.result(count)).isNotNegative();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    assertThat(deleted.get()).isPositive();
    for (int i = 0; i < CLIENTS; i++) {
      assertEverythingThere(hubs.get(0), own(i));
    }

    Await.until(
        "no garbage is left",
        () -> {
          CollectionReport report = hubs.get(0).collect();
          assertThat(report.missing()).isZero();
          return report.live().chunks() == chunks.chunks.size();
        });
  }

  private int collectUntilOver(AtomicLong deleted, SharedHub hub) throws IOException {
    boolean ended = false;
    int count = 0;
    try {
      while (!over.get()) {
        try {
          deleted.addAndGet(hub.collect().deleted().chunks());
          count++;
        } catch (ElsewhereException another) {
          sleep(1);
        }
      }
      ended = true;
      return count;
    } finally {
      broken.compareAndSet(false, !ended);
    }
  }

  private static RepositoryName own(int client) {
    return new RepositoryName("client" + client);
  }

  private Callable<Void> client(int number) {
    SharedHub hub = hubs.get(number % HUBS);
    RepositoryName own = own(number);
    Random random = new Random(number);
    return () -> {
      for (int round = 0; round < ROUNDS; round++) {
        upload(hub, own, "f" + random.nextInt(4), contents(random));
        step(hub, own, random);
        assertEverythingThere(hub, own);
      }
      return null;
    };
  }

  private void upload(SharedHub hub, RepositoryName own, String name, List<String> contents)
      throws Exception {
    try (BuiltTree tree = hub.build(contents)) {
      awaitMoments();
      hub.publish(own, name, tree);
    } catch (ChunksDeletedException | ChunksBeingDeletedException e) {
      late.incrementAndGet();
    }
  }

  private void step(SharedHub hub, RepositoryName own, Random random) throws Exception {
    String one = "f" + random.nextInt(4);
    String other = "f" + random.nextInt(4);
    RepositoryName source = own(random.nextInt(CLIENTS));
    try {
      switch (random.nextInt(4)) {
        case 0 -> hub.changes.delete(own, EntryName.parse(one));
        case 1 -> hub.changes.rename(own, EntryName.parse(one), EntryName.parse(other));
        case 2 -> copySlowly(hub, own, source, FlistName.parse(one), FlistName.parse(other));
        default ->
            hub.merger.merge(
                own, FlistName.parse(other), List.of(own + "/" + one, source + "/" + one));
      }
    } catch (CatalogueException | UploadRejectedException missing) {
      // Its source, or a chunk of a source, was deleted before.
      late.incrementAndGet();
    } catch (ChunksBeingDeletedException e) {
      late.incrementAndGet();
    }
  }

  /** As a promotion, with a pause after the source was read. */
  private static void copySlowly(
      SharedHub hub, RepositoryName own, RepositoryName from, FlistName source, FlistName target)
      throws IOException {
    hub.catalogue.copy(
        own,
        () -> {
          try (FileChannel file = hub.catalogue.entries().locate(from, source).open()) {
            pause();
            return hub.catalogue.publish(
                own, target, out -> Channels.newInputStream(file).transferTo(out));
          }
        });
  }

  private static List<String> contents(Random random) {
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      contents.add(
          random.nextBoolean()
              ? "shared " + random.nextInt(SHARED)
              : "unique " + random.nextLong());
    }
    return contents;
  }

  private void assertEverythingThere(SharedHub hub, RepositoryName repository) throws IOException {
    assertThat(chunks.missing(hub.chunksOf(repository))).isEmpty();
  }

  private void moment() {
    moments.incrementAndGet();
    sleep(random(COLLECTOR_PAUSE));
  }

  private void awaitMoments() {
    int until = moments.get() + random(MOMENTS_PER_UPLOAD);
    Await.until("collections go on", () -> moments.get() >= until || over.get() || broken.get());
  }

  private static void pause() {
    if (random(3) == 0) {
      sleep(random(LONGEST_PAUSE));
    }
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * What the store has said may be old when it is used. Within a transaction, collections wait, so
   * only outside of one can several of them pass.
   */
  private ChunkStore slow(Database database, ChunkStore store) {
    return new DelayedStore(
        store,
        () -> {
          if (database.isChanging()) {
            pause();
          } else {
            awaitMoments();
          }
        },
        SharedRaceTest::pause);
  }
}
