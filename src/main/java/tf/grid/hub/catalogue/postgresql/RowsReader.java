package tf.grid.hub.catalogue.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.name.CodePointOrder;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/** Reads what has changed since former rows, in one snapshot of the database. For a single use. */
final class RowsReader {

  private final CatalogueRows before;
  private final Map<RepositoryName, SortedMap<String, StoredItem>> items = new HashMap<>();
  private final Map<RepositoryName, Map<TagName, SortedMap<String, StoredItem>>> tags =
      new HashMap<>();
  private final Map<RepositoryName, Map<String, DatabaseVersion>> versions = new HashMap<>();
  private final Map<RepositoryName, Long> modified = new HashMap<>();
  private final Map<RepositoryName, Boolean> fresh = new HashMap<>();

  RowsReader(CatalogueRows before) {
    this.before = before;
  }

  /** The rows for the beginning. */
  static CatalogueRows none() {
    return new CatalogueRows(-1, new TreeMap<>(), Map.of());
  }

  /**
   * The rows of this moment.
   *
   * @param connection not in a transaction
   * @return the former rows if nothing has changed
   */
  CatalogueRows read(Connection connection) throws SQLException {
    return number(connection) == before.number() ? before : inSnapshot(connection, false);
  }

  /**
   * The rows of this moment, whatever was known before: another server, or one that was restored,
   * may have given the same numbers to other changes.
   *
   * @param connection new, and not in a transaction
   */
  CatalogueRows readAll(Connection connection) throws SQLException {
    return inSnapshot(connection, true);
  }

  private CatalogueRows inSnapshot(Connection connection, boolean all) throws SQLException {
    connection.setAutoCommit(false);
    try {
      CatalogueRows rows = readInSnapshot(connection, all);
      connection.commit();
      return rows;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private CatalogueRows readInSnapshot(Connection connection, boolean all) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    long number = number(connection);
    long since = all || number < before.number() ? -1 : before.number();
    repositories(connection, since);
    tags(connection, since);
    entries(connection, since);
    tagEntries(connection, since);
    return rows(number);
  }

  private static long number(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT number FROM catalogue_change")) {
      found.next();
      return found.getLong(1);
    }
  }

  private void repositories(Connection connection, long since) throws SQLException {
    query(
        connection,
        "SELECT name, changed > ?, micros(modified) FROM repository",
        since,
        row -> {
          Optional<RepositoryName> name = RepositoryName.ofStored(row.getString(1));
          if (name.isPresent()) {
            boolean changed = row.getBoolean(2) || !before.contents().containsKey(name.get());
            fresh.put(name.get(), changed);
            modified.put(name.get(), row.getLong(3));
            if (changed) {
              items.put(name.get(), new TreeMap<>(CodePointOrder.COMPARATOR));
              tags.put(name.get(), new HashMap<>());
              versions.put(name.get(), new HashMap<>());
            }
          }
        });
  }

  private void tags(Connection connection, long since) throws SQLException {
    query(
        connection,
        "SELECT r.name, t.name, micros(t.modified) FROM repository r"
            + " JOIN tag t ON t.repository = r.name WHERE r.changed > ?",
        since,
        row -> {
          RepositoryName repository = new RepositoryName(row.getString(1));
          TagName tag = new TagName(row.getString(2));
          items.get(repository).put(tag.stored(), OpenRows.directory(seconds(row.getLong(3))));
          tags.get(repository).put(tag, new TreeMap<>(CodePointOrder.COMPARATOR));
        });
  }

  private void entries(Connection connection, long since) throws SQLException {
    query(
        connection,
        "SELECT r.name, e.name, e.target, micros(e.modified), "
            + FlistRows.COLUMNS
            + " FROM repository r JOIN entry e ON e.repository = r.name"
            + " LEFT JOIN flist f ON f.id = e.flist WHERE r.changed > ?",
        since,
        row -> {
          RepositoryName repository = new RepositoryName(row.getString(1));
          String name = row.getString(2);
          String target = row.getString(3);
          if (target == null) {
            DatabaseVersion version = FlistRows.version(row, 5);
            versions.get(repository).put(name, version);
            items
                .get(repository)
                .put(name, new StoredItem.File(version.modifiedSeconds(), version.size()));
          } else {
            items.get(repository).put(name, OpenRows.link(seconds(row.getLong(4)), target));
          }
        });
  }

  private void tagEntries(Connection connection, long since) throws SQLException {
    query(
        connection,
        "SELECT r.name, e.tag, e.name, e.target, micros(e.modified) FROM repository r"
            + " JOIN tag_entry e ON e.repository = r.name WHERE r.changed > ?",
        since,
        row ->
            tags.get(new RepositoryName(row.getString(1)))
                .get(new TagName(row.getString(2)))
                .put(row.getString(3), OpenRows.link(seconds(row.getLong(5)), row.getString(4))));
  }

  private CatalogueRows rows(long number) {
    SortedMap<RepositoryName, RepositoryContent> contents = new TreeMap<>();
    Map<RepositoryName, Map<String, DatabaseVersion>> all = new HashMap<>();
    fresh.forEach(
        (repository, changed) -> {
          if (changed) {
            contents.put(
                repository,
                new RepositoryContent(
                    seconds(modified.get(repository)),
                    Collections.unmodifiableSortedMap(items.get(repository)),
                    Collections.unmodifiableMap(tags.get(repository))));
            all.put(repository, Collections.unmodifiableMap(versions.get(repository)));
          } else {
            contents.put(repository, before.contents().get(repository));
            all.put(repository, before.versions().get(repository));
          }
        });
    return new CatalogueRows(number, Collections.unmodifiableSortedMap(contents), all);
  }

  private static long seconds(long micros) {
    return Math.floorDiv(micros, TimeUnit.SECONDS.toMicros(1));
  }

  private static void query(Connection connection, String sql, long since, RowConsumer each)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(1000);
      statement.setLong(1, since);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          each.accept(row);
        }
      }
    }
  }

  @FunctionalInterface
  private interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }
}
