package tf.grid.hub.catalogue.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;
import tf.grid.hub.catalogue.postgresql.connection.OutcomeUnknownException;

/** A connection that breaks while a change is committed. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class BrokenCommitTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final FlistName APP = FlistName.parse("app");

  @TempDir Path data;
  private final List<CatalogueEvent> events = new ArrayList<>();
  private final List<Database> databases = new ArrayList<>();
  private CuttingProxy network;
  private PostgresqlCatalogue cut;
  private PostgresqlCatalogue other;

  @BeforeEach
  void start() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    String database = server.newDatabase();
    network = new CuttingProxy(server.port());
    // Without prepared statements, each commit is readable on the network.
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0".formatted(network.port(), database);
    cut =
        open(
            new DatabaseSettings(url, PostgresqlServer.USER, "", 2, Duration.ofMinutes(1)),
            "cut",
            events::add);
    other = open(server.settings(database, 2), "other", CatalogueListener.NONE);
  }

  private PostgresqlCatalogue open(DatabaseSettings to, String name, CatalogueListener listener)
      throws IOException {
    Database database = Database.open(to);
    databases.add(database);
    return PostgresqlCatalogue.open(
        database, data.resolve(name), 1 << 20, Optional.empty(), listener);
  }

  @AfterEach
  void stop() throws IOException {
    cut.close();
    other.close();
    databases.forEach(Database::close);
    network.close();
  }

  @Test
  void a_change_that_was_committed_is_made_once_and_its_maker_learns_it() throws IOException {
    network.cutNext(CuttingProxy.Cut.AFTER_COMMIT);

    publish("one");

    assertThat(events).hasSize(1);
    assertThat(other.entries().locate(ALICE, APP).version().size()).isEqualTo(3);
    assertThat(cut.entries().locate(ALICE, APP).version().size()).isEqualTo(3);
    assertThat(other.changes()).isEqualTo(1);
  }

  @Test
  void a_change_that_was_not_committed_is_refused_and_can_be_repeated() throws IOException {
    network.cutNext(CuttingProxy.Cut.BEFORE_COMMIT);

    assertThatThrownBy(() -> publish("one"))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(503);
              assertThat(refused.retryAfter()).isPresent();
            });
    assertThat(events).isEmpty();
    assertThat(other.items().at(EntryPath.of(ALICE, APP))).isEmpty();

    publish("two");
    assertThat(other.items().at(EntryPath.of(ALICE, APP))).isPresent();
    assertThat(other.changes()).isEqualTo(1);
  }

  @Test
  void a_change_whose_outcome_cannot_be_learned_says_so() throws IOException {
    network.cutNext(CuttingProxy.Cut.AFTER_COMMIT_FOR_EVER);

    assertThatThrownBy(() -> publish("one"))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("it may have been made");

    assertThat(other.entries().locate(ALICE, APP).version().size()).isEqualTo(3);
    assertThatThrownBy(() -> publish("two")).isInstanceOf(DatabaseException.class);
  }

  private void publish(String text) throws IOException {
    cut.publish(ALICE, APP, out -> out.write(text.getBytes(UTF_8)));
  }
}
