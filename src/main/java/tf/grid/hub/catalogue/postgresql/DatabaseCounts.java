package tf.grid.hub.catalogue.postgresql;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.catalogue.statistics.DownloadCount;
import tf.grid.hub.catalogue.statistics.DownloadCounts;

/**
 * Counts of all hubs in the database. Each hub adds what it has counted since it last wrote. A
 * change of names moves or deletes the rows in its own transaction. Thread-safe.
 */
public final class DatabaseCounts implements DownloadCounts {

  private static final System.Logger LOG = System.getLogger(DatabaseCounts.class.getName());

  /** In the order of names, so that hubs do not wait for each other. */
  private static final String ADD =
      "INSERT INTO download AS d (repository, name, downloads, last)"
          + " SELECT e.repository, e.name, u.downloads, to_timestamp(u.last)"
          + " FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])"
          + " AS u (repository, name, downloads, last)"
          + " JOIN entry e ON e.repository = u.repository AND e.name = u.name"
          + " AND e.flist IS NOT NULL ORDER BY 1, 2"
          + " ON CONFLICT (repository, name) DO UPDATE SET"
          + " downloads = d.downloads + excluded.downloads, last = greatest(d.last, excluded.last)";

  private static final String FIND =
      "SELECT downloads, extract(epoch FROM last)::bigint FROM download"
          + " WHERE repository = ? AND name = ?";

  private final Database database;
  private final QuickDatabase quick;
  private final Clock clock;
  private final Instant since;

  /** What this hub has counted and not written yet, by the paths of the catalogue. */
  private final Map<Path, DownloadCount> counted = new ConcurrentHashMap<>();

  private boolean failing;

  private DatabaseCounts(Database database, QuickDatabase quick, Clock clock, Instant since) {
    this.database = database;
    this.quick = quick;
    this.clock = clock;
    this.since = since;
  }

  /**
   * Begins to count.
   *
   * @param database for what must be exact
   * @param quick for what requests ask
   */
  public static DatabaseCounts open(Database database, QuickDatabase quick, Clock clock)
      throws IOException {
    Instant since =
        database.ask(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                int unused =
                    statement.executeUpdate(
                        "DELETE FROM download d WHERE NOT EXISTS (SELECT FROM entry e"
                            + " WHERE e.repository = d.repository AND e.name = d.name)");
                try (ResultSet row =
                    statement.executeQuery(
                        "SELECT floor(extract(epoch FROM since))::bigint FROM downloads_since")) {
                  row.next();
                  return Instant.ofEpochSecond(row.getLong(1));
                }
              }
            });
    return new DatabaseCounts(database, quick, clock, since);
  }

  @Override
  public Instant since() {
    return since;
  }

  /** Without those of others if the database does not answer. */
  @Override
  public DownloadCount of(Path file) {
    try {
      return quick.run(connection -> find(connection, file)).plus(own(file));
    } catch (DatabaseException e) {
      LOG.log(Level.DEBUG, "the database has no counts", e);
      return own(file);
    }
  }

  @Override
  public DownloadCount exactly(Path file) throws IOException {
    return database.ask(connection -> find(connection, file)).plus(own(file));
  }

  private DownloadCount own(Path file) {
    return counted.getOrDefault(file, DownloadCount.NONE);
  }

  private static DownloadCount find(Connection connection, Path file) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setString(1, repository(file));
      query.setString(2, file.getFileName().toString());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? new DownloadCount(row.getLong(1), row.getLong(2)) : DownloadCount.NONE;
      }
    }
  }

  private static String repository(Path file) {
    return file.getParent().getFileName().toString();
  }

  @Override
  public void downloaded(Path file) {
    long now = clock.instant().getEpochSecond();
    counted.merge(file, DownloadCount.NONE.downloaded(now), DownloadCount::plus);
  }

  @Override
  public void used(Path file) {
    long now = clock.instant().getEpochSecond();
    counted.merge(file, DownloadCount.NONE.used(now), DownloadCount::plus);
  }

  @Override
  public void renamed(Path from, Path to) {
    if (from.equals(to)) {
      return;
    }
    counted.remove(to);
    DownloadCount moved = counted.remove(from);
    if (moved != null) {
      counted.put(to, moved);
    }
  }

  @Override
  public void deleted(Path file) {
    counted.remove(file);
  }

  /** If the connection breaks at the end of the statement, it may be counted twice. */
  @Override
  public synchronized void flush() {
    Map<Path, DownloadCount> batch = new ConcurrentHashMap<>();
    for (Path file : List.copyOf(counted.keySet())) {
      DownloadCount count = counted.remove(file);
      if (count != null) {
        batch.put(file, count);
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      int unused = database.ask(connection -> add(connection, batch));
      failing = false;
    } catch (IOException | DatabaseException e) {
      batch.forEach((file, count) -> counted.merge(file, count, DownloadCount::plus));
      if (!failing) {
        LOG.log(Level.WARNING, "counts of downloads cannot be written: {0}", e.toString());
      }
      failing = true;
    }
  }

  private static int add(Connection connection, Map<Path, DownloadCount> batch)
      throws SQLException {
    List<String> repositories = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Long> downloads = new ArrayList<>();
    List<Long> last = new ArrayList<>();
    batch.forEach(
        (file, count) -> {
          repositories.add(repository(file));
          names.add(file.getFileName().toString());
          downloads.add(count.downloads());
          last.add(count.last());
        });
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setArray(1, array(connection, "text", repositories));
      insert.setArray(2, array(connection, "text", names));
      insert.setArray(3, array(connection, "bigint", downloads));
      insert.setArray(4, array(connection, "bigint", last));
      return insert.executeUpdate();
    }
  }

  private static Array array(Connection connection, String type, List<?> values)
      throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }

  @Override
  public void close() {
    flush();
  }
}
