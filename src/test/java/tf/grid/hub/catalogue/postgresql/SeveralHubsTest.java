package tf.grid.hub.catalogue.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.SmallDisk;
import tf.grid.hub.catalogue.change.Dependents;
import tf.grid.hub.catalogue.change.FlistChanges;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.NamePattern;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.catalogue.postgresql.connection.UnusableDatabaseException;
import tf.grid.hub.catalogue.quota.ContentSizes;
import tf.grid.hub.catalogue.quota.QuotaExceededException;
import tf.grid.hub.catalogue.quota.QuotaRule;
import tf.grid.hub.catalogue.quota.Quotas;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.TryAgainLaterException;

/** Catalogues of two hubs in one database, and what they do when it is down. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class SeveralHubsTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final FlistName APP = FlistName.parse("app");

  /** Larger than one flist of the tests, smaller than two. */
  private static final long CACHE = 1500;

  @TempDir Path data;
  private final List<Database> databases = new ArrayList<>();
  private String database;
  private PostgresqlCatalogue first;
  private PostgresqlCatalogue second;

  @BeforeEach
  void start() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    database = server.newDatabase();
    first = open(server, database, "first");
    second = open(server, database, "second");
  }

  private PostgresqlCatalogue open(Path cache, long cacheBytes) throws IOException {
    return PostgresqlCatalogue.open(
        databases.get(0), cache, cacheBytes, Optional.empty(), CatalogueListener.NONE);
  }

  private PostgresqlCatalogue open(PostgresqlServer server, String database, String name)
      throws IOException {
    Database own = Database.open(server.settings(database, 3));
    databases.add(own);
    return PostgresqlCatalogue.open(
        own, data.resolve(name), CACHE, Optional.empty(), CatalogueListener.NONE);
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    databases.forEach(Database::close);
  }

  @Test
  void a_hub_that_stops_in_the_middle_of_a_change_does_not_keep_others_from_theirs()
      throws Exception {
    publish(first, "app", "app");
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch wakes = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> frozen =
          thread.submit(
              () ->
                  first.change(
                      ALICE,
                      open -> {
                        stopped.countDown();
                        Await.open("the hub goes on", wakes);
                        return true;
                      }));
      Await.open("the hub has the lock", stopped);
      assertThat(second.<Boolean>change(ALICE, open -> true)).isTrue();
      wakes.countDown();
      assertThatThrownBy(() -> Await.result(frozen)).hasCauseInstanceOf(DatabaseException.class);
    } finally {
      wakes.countDown();
      thread.shutdownNow();
    }
  }

  @Test
  void tables_of_a_newer_hub_are_refused() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    try (Connection connection = server.settings(database, 1).source(60).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " installed_by, execution_time, success)"
              + " VALUES (999, '999', 'newer', 'SQL', 'V999__newer.sql', 'hub', 1, true)");
    }
    assertThatThrownBy(() -> open(server, database, "older"))
        .isInstanceOf(UnusableDatabaseException.class);
  }

  @Test
  void a_lookup_finds_what_another_hub_has_just_changed() throws IOException {
    for (int round = 0; round < 20; round++) {
      publish(first, "app", "round " + round);
      assertThat(text(second, "app")).isEqualTo("round " + round);
      second.change(
          ALICE,
          open -> {
            open.remove("app.flist");
            return null;
          });
      assertThatThrownBy(() -> text(first, "app")).isInstanceOf(FlistNotFoundException.class);
    }
  }

  @Test
  void listings_of_both_hubs_become_the_same_bytes_without_a_request() throws IOException {
    Listings ofFirst = new Listings(first, Set.of(), Clock.systemUTC());
    Listings ofSecond = new Listings(second, Set.of(), Clock.systemUTC());
    assertThat(ofSecond.current().snapshot().repositories()).isEmpty();
    publish(first, "app", "app");
    first.changeOrMake(
        ALICE,
        open -> {
          open.link("l.flist", "app.flist");
          return null;
        });

    Await.until("the other hub has heard of it", () -> second.changes() == first.changes());

    assertThat(ofSecond.current().everything().tag())
        .isEqualTo(ofFirst.current().everything().tag());
    assertThat(second.entries().locate(ALICE, APP).version())
        .isEqualTo(first.entries().locate(ALICE, APP).version());
  }

  @Test
  void copies_of_flists_are_bounded_and_open_ones_stay_readable() throws IOException {
    publish(first, "a", "a".repeat(1000));
    publish(first, "b", "b".repeat(1000));
    try (FileChannel open = second.entries().locate(ALICE, FlistName.parse("a")).open()) {
      assertThat(text(second, "b")).startsWith("bbb");
      try (Stream<Path> kept = Files.list(data.resolve("second"))) {
        assertThat(kept).hasSize(1);
      }
      assertThat(new String(Channels.newInputStream(open).readAllBytes(), UTF_8))
          .isEqualTo("a".repeat(1000));
    }
    assertThat(text(second, "a")).isEqualTo("a".repeat(1000));
  }

  @Test
  void bytes_of_replaced_and_deleted_flists_are_deleted() throws Exception {
    publish(first, "a", "one");
    publish(second, "a", "two");
    publish(second, "b", "three");
    first.change(
        ALICE,
        open -> {
          open.rename("b.flist", "a.flist");
          open.link("a.flist", "elsewhere.flist");
          return null;
        });
    assertThat(count("SELECT count(*) FROM flist")).isZero();
    assertThat(count("SELECT count(*) FROM flist_part")).isZero();
  }

  private long count(String sql) throws SQLException {
    try (Connection connection =
            PostgresqlServer.shared().settings(database, 1).source(60).getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  @Test
  void while_names_stay_on_one_hub_the_other_does_not_rename() throws Exception {
    publish(first, "app", "app");
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Void> rename =
          first.whileNamesStay(
              () -> {
                Future<Void> started =
                    threads.submit(
                        () -> {
                          begun.countDown();
                          return second.change(
                              ALICE,
                              open -> {
                                open.rename("app.flist", "b.flist");
                                return null;
                              });
                        });
                Await.open("the other hub begins", begun);
                publish(second, "new", "new");
                assertThat(started.isDone()).isFalse();
                assertThat(text(first, "app")).isEqualTo("app");
                return started;
              });
      assertThat(Await.result(rename)).isNull();
      assertThat(text(first, "b")).isEqualTo("app");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void without_the_database_known_flists_are_read_and_changes_are_refused() throws Exception {
    try (PostgresqlServer own = PostgresqlServer.start();
        PostgresqlCatalogue hub = open(own, own.newDatabase(), "own")) {
      publish(hub, "app", "app");
      own.stop();

      assertThat(text(hub, "app")).isEqualTo("app");
      assertThatThrownBy(() -> publish(hub, "new", "new"))
          .isInstanceOfSatisfying(
              DatabaseException.class, e -> assertThat(e.status()).isEqualTo(503));
      assertThatThrownBy(hub::probeWriting).isInstanceOf(DatabaseException.class);
      assertThat(text(hub, "app")).isEqualTo("app");

      own.restart();
      Await.until("changes are possible again", () -> isPublished(hub, "new"));
      assertThat(text(hub, "new")).isEqualTo("new");
      Await.until("the hub listens again", () -> hub.flists(ALICE).size() == 2);
      assertThat(List.copyOf(hub.flists(ALICE).keySet()))
          .containsExactlyInAnyOrder("app.flist", "new.flist");
    }
  }

  @Test
  void a_database_that_cannot_be_reached_is_named_without_its_parameters() {
    String url = "jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/hub";
    assertThatThrownBy(
            () ->
                Database.open(
                    new DatabaseSettings(url + "?sslmode=disable", "hub", "", 1, Duration.ZERO)))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(url + " (hub.database.url) cannot be used: Connection refused");
  }

  /** A wait of a minute would be noticed: the limit here is an hour. */
  @Test
  void a_database_that_does_not_exist_ends_the_start_at_once() {
    DatabaseSettings missing =
        new DatabaseSettings(
            PostgresqlServer.shared().url("nowhere"),
            PostgresqlServer.USER,
            "",
            1,
            Duration.ofHours(1));
    assertThatThrownBy(() -> Database.open(missing))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("database \"nowhere\" does not exist");
  }

  @Test
  void a_user_whom_the_database_refuses_ends_the_start_at_once() {
    DatabaseSettings unknownRole =
        new DatabaseSettings(
            PostgresqlServer.shared().url(database), "nobody_here", "", 1, Duration.ofHours(1));
    assertThatThrownBy(() -> Database.open(unknownRole))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("role \"nobody_here\" does not exist");
  }

  @Test
  void changes_that_wait_for_one_repository_leave_connections_for_the_others() throws Exception {
    publish(first, "app", "app");
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<Boolean> holder =
          threads.submit(
              () ->
                  first.change(
                      ALICE,
                      open -> {
                        locked.countDown();
                        // The server would end a transaction without statements.
                        Await.until(
                            "the test goes on",
                            () -> open.at("app.flist").isPresent() && goOn.getCount() == 0);
                        return true;
                      }));
      Await.open("a hub has the lock", locked);
      List<Future<?>> waiting = new ArrayList<>();
      for (PostgresqlCatalogue hub : List.of(first, second)) {
        for (int i = 0; i < 5; i++) {
          String name = "waits" + i;
          waiting.add(threads.submit(() -> publishCopy(hub, ALICE, name)));
          waiting.add(threads.submit(() -> hub.<Boolean>change(ALICE, open -> true)));
        }
      }
      Await.until("a change waits for the other hub", () -> waitingInDatabase() == 1);

      for (int i = 0; i < 5; i++) {
        for (PostgresqlCatalogue hub : List.of(first, second)) {
          publishCopy(hub, new RepositoryName("bob"), "b" + i);
        }
      }
      assertThat(waitingInDatabase()).isEqualTo(1);
      goOn.countDown();
      assertThat(Await.result(holder)).isTrue();
      for (Future<?> each : waiting) {
        var unused = Await.result(each);
      }
      assertThat(second.flists(ALICE)).hasSize(6);
    } finally {
      goOn.countDown();
      threads.shutdownNow();
    }
  }

  private static Boolean publishCopy(PostgresqlCatalogue hub, RepositoryName into, String name)
      throws IOException {
    return hub.copy(
        into,
        () -> {
          hub.publish(into, FlistName.parse(name), out -> out.write(name.getBytes(UTF_8)));
          return true;
        });
  }

  private long waitingInDatabase() throws SQLException {
    return count(
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            + " WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = '"
            + database
            + "'");
  }

  @Test
  void a_flist_that_is_larger_than_the_cache_is_served_without_it() throws IOException {
    publish(first, "big", "b".repeat(5000));
    publish(first, "small", "s");
    assertThat(text(second, "small")).isEqualTo("s");
    assertThat(text(second, "big")).isEqualTo("b".repeat(5000));
    assertThat(text(first, "big")).isEqualTo("b".repeat(5000));
    try (Stream<Path> kept = Files.list(data.resolve("second"))) {
      assertThat(kept).hasSize(1);
    }
  }

  @Test
  void a_full_disk_of_the_cache_costs_its_copies_first_and_then_a_clear_refusal() throws Exception {
    publish(first, "a", "a".repeat(1000));
    publish(first, "b", "b".repeat(600_000));
    try (SmallDisk disk = SmallDisk.at(data.resolve("disk"))) {
      PostgresqlCatalogue small = open(disk.path().resolve("cache"), 1 << 30);
      Path filling = disk.path().resolve("filling");
      try {
        assertThat(text(small, "a")).startsWith("aaa");
        assertThat(text(small, "b")).startsWith("bbb");
        publish(first, "c", "c".repeat(600_000));
        assertThat(text(small, "c")).startsWith("ccc");

        fill(filling);
        assertThat(text(small, "a")).startsWith("aaa");
        fill(disk.path().resolve("rest"));
        assertThatThrownBy(() -> text(small, "b"))
            .isInstanceOfSatisfying(
                TryAgainLaterException.class, e -> assertThat(e.status()).isEqualTo(503))
            .hasMessageContaining("disk of this hub is full");
        Files.delete(disk.path().resolve("rest"));
        assertThat(text(small, "b")).startsWith("bbb");
      } finally {
        small.close();
      }
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(file).exists();
    }
  }

  @Test
  void a_promoted_flist_has_the_content_size_of_its_source_in_the_database() throws Exception {
    first.publish(
        ALICE,
        APP,
        new Catalogue.FlistContent() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(1);
          }

          @Override
          public OptionalLong contentBytes() {
            return OptionalLong.of(4711);
          }
        });
    Listings listings = new Listings(second, Set.of(), Clock.systemUTC());
    try (DownloadCounts counts =
        DownloadCounts.open(data.resolve("downloads"), data, Clock.systemUTC())) {
      FlistChanges changes = new FlistChanges(second, new Dependents(second, listings), counts);
      var unused = changes.promote(new RepositoryName("bob"), ALICE, APP, FlistName.parse("copy"));
    }
    assertThat(count("SELECT count(*) FROM flist WHERE content_bytes = 4711")).isEqualTo(2);
  }

  @Test
  void downloads_at_several_hubs_are_added_up_and_survive_a_database_that_is_away()
      throws Exception {
    publish(first, "app", "app");
    Path app = first.path(EntryPath.of(ALICE, APP));
    try (QuickDatabase one = databases.get(0).quick();
        QuickDatabase two = databases.get(1).quick();
        DownloadCounts ofFirst = DatabaseCounts.open(databases.get(0), one, Clock.systemUTC());
        DownloadCounts ofSecond = DatabaseCounts.open(databases.get(1), two, Clock.systemUTC())) {
      List<Callable<Void>> readers = new ArrayList<>();
      for (DownloadCounts counts : List.of(ofFirst, ofSecond, ofFirst, ofSecond)) {
        readers.add(
            () -> {
              for (int i = 0; i < 100; i++) {
                counts.downloaded(app);
                counts.flush();
              }
              return null;
            });
      }
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        for (Future<Void> reader : threads.invokeAll(readers)) {
          reader.get();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(ofFirst.of(app).downloads()).isEqualTo(400);
      assertThat(ofSecond.exactly(app).downloads()).isEqualTo(400);

      second.close();
      databases.get(1).close();
      ofSecond.downloaded(app);
      ofSecond.flush();
      assertThat(ofSecond.of(app).downloads()).isEqualTo(401);
      assertThat(ofFirst.of(app).downloads()).isEqualTo(400);
    }
  }

  @Test
  void a_quota_holds_among_publishers_at_several_hubs() throws Exception {
    Path work = Files.createDirectory(data.resolve("quota"));
    List<PostgresqlCatalogue> hubs = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (ContentSizes sizes =
        new ContentSizes(
            work.resolve("sizes"), work, new ReadLimit(2, 10, Duration.ofMinutes(1)))) {
      Quotas quotas =
          new Quotas(
              List.of(new QuotaRule(NamePattern.of("*"), OptionalLong.of(3))), List.of(), sizes);
      for (int hub = 0; hub < 2; hub++) {
        hubs.add(
            PostgresqlCatalogue.open(
                databases.get(hub),
                work.resolve("cache" + hub),
                CACHE,
                Optional.of(quotas),
                CatalogueListener.NONE));
      }
      List<Future<Boolean>> published = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        PostgresqlCatalogue hub = hubs.get(i % 2);
        String name = "flist" + i;
        published.add(
            threads.submit(
                () -> {
                  try {
                    publish(hub, name, name);
                    return true;
                  } catch (QuotaExceededException full) {
                    return false;
                  }
                }));
      }
      int accepted = 0;
      for (Future<Boolean> one : published) {
        accepted += one.get() ? 1 : 0;
      }
      assertThat(accepted).isEqualTo(3);
      assertThat(first.flists(ALICE)).hasSize(3);
    } finally {
      threads.shutdownNow();
      hubs.forEach(PostgresqlCatalogue::close);
    }
  }

  private static boolean isPublished(PostgresqlCatalogue hub, String name) throws IOException {
    try {
      publish(hub, name, name);
      return true;
    } catch (DatabaseException oldConnection) {
      return false;
    }
  }

  private static void publish(PostgresqlCatalogue hub, String name, String text)
      throws IOException {
    hub.publish(ALICE, FlistName.parse(name), out -> out.write(text.getBytes(UTF_8)));
  }

  private static String text(PostgresqlCatalogue hub, String name) throws IOException {
    try (InputStream in =
        Channels.newInputStream(hub.entries().locate(ALICE, FlistName.parse(name)).open())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
