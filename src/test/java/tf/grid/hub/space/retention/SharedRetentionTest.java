package tf.grid.hub.space.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.DatabaseCounts;
import tf.grid.hub.catalogue.postgresql.PostgresqlCatalogue;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.catalogue.statistics.DownloadCounts;

/** The contract, with names and counts in a real PostgreSQL. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class SharedRetentionTest extends RetentionContract {
  private Database database;
  private QuickDatabase quick;
  private PostgresqlCatalogue rows;

  @Override
  void openCatalogue() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    database = Database.open(server.settings(server.newDatabase(), 3));
    quick = database.quick();
    update("UPDATE downloads_since SET since = ?", Timestamp.from(START));
    rows =
        PostgresqlCatalogue.open(
            database, data.resolve("cache"), 1 << 20, Optional.empty(), CatalogueListener.NONE);
    catalogue = rows;
    counts = DatabaseCounts.open(database, quick, clock);
  }

  @AfterEach
  void close() throws IOException {
    counts.close();
    rows.close();
    quick.close();
    database.close();
  }

  @Override
  void setTime(RepositoryName repository, String name, Instant time) throws IOException {
    update(
        "UPDATE flist SET written = ? WHERE id ="
            + " (SELECT flist FROM entry WHERE repository = ? AND name = ?)",
        Timestamp.from(time),
        repository.value(),
        flist(name).stored());
  }

  private void update(String sql, Object... values) throws IOException {
    int unused = database.ask(connection -> update(connection, sql, values));
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  @Test
  void a_download_at_another_hub_keeps_a_flist_also_if_it_is_written_late() throws IOException {
    publish(CI, "early", 0);
    publish(CI, "late", 0);
    publish(CI, "old", 0);
    clock.pass(Duration.ofDays(99));
    try (DownloadCounts other = DatabaseCounts.open(database, quick, clock)) {
      other.downloaded(file(CI, "early"));
      other.flush();
      Retention retention = retention(rule("*", "*", MONTH));
      RetentionReport report =
          retention.run(
              AccountName.ADMINISTRATOR,
              false,
              step -> {
                if (step.startsWith("deleting")) {
                  other.used(file(CI, "late"));
                  other.flush();
                }
              });
      assertThat(report.expired()).isEqualTo(2);
      assertThat(report.deleted()).isEqualTo(1);
    }
    assertThat(left(CI)).containsExactly("early.flist", "late.flist");
  }
}
