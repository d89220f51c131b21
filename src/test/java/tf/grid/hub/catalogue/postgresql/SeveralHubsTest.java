package tf.grid.hub.catalogue.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;
import tf.grid.hub.catalogue.postgresql.connection.UnusableDatabaseException;

/** Catalogues of two hubs in one database, and what they do when it is down. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class SeveralHubsTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final FlistName APP = FlistName.parse("app");

  /** Larger than one flist of the tests, smaller than two. */
  private static final long CACHE = 1500;

  @TempDir Path data;
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

  private PostgresqlCatalogue open(PostgresqlServer server, String database, String name)
      throws IOException {
    return PostgresqlCatalogue.open(
        server.settings(database, 3),
        data.resolve(name),
        CACHE,
        Optional.empty(),
        CatalogueListener.NONE);
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
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
              + " VALUES (2, '999', 'newer', 'SQL', 'V999__newer.sql', 'hub', 1, true)");
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
                PostgresqlCatalogue.open(
                    new DatabaseSettings(url + "?sslmode=disable", "hub", "", 1, Duration.ZERO),
                    data.resolve("none"),
                    CACHE,
                    Optional.empty(),
                    CatalogueListener.NONE))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(url + " (hub.database.url) cannot be used: Connection refused");
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
