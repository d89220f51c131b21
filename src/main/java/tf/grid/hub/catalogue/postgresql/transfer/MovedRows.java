package tf.grid.hub.catalogue.postgresql.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.postgresql.DatabaseVersion;
import tf.grid.hub.catalogue.postgresql.FlistRows;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;

/**
 * Reads the rows of the catalogue in parts that fit in memory. Methods throw {@link
 * DatabaseException} if the database does not answer. For one connection.
 */
public final class MovedRows {

  private static final int PAGE = 500;

  private static final String ENTRY =
      "SELECT e.name, e.target, micros(e.modified), "
          + FlistRows.COLUMNS
          + " FROM entry e LEFT JOIN flist f ON f.id = e.flist WHERE e.repository = ? AND e.name ";

  private static final String TAG = "SELECT name, micros(modified) FROM tag WHERE repository = ?";

  private static final String TAG_ENTRY =
      "SELECT name, target, micros(modified) FROM tag_entry WHERE repository = ? AND tag = ?"
          + " AND name ";

  private final Connection connection;

  /** Asks over this connection. */
  public MovedRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * A name and what has it.
   *
   * @param name the stored name; of a tag without its prefix
   * @param entry what has it
   * @param content for {@link #read}; only of flists
   */
  public record Named(String name, MovedEntry entry, Optional<DatabaseVersion> content) {}

  /** All repositories with their times, as tags without links. */
  public List<Named> repositories() {
    return all("SELECT name, micros(modified) FROM repository ORDER BY name", MovedRows::tag);
  }

  /** Whether there is a repository with this name. */
  public boolean contains(RepositoryName repository) {
    return !all("SELECT FROM repository WHERE name = ?", row -> true, repository.value()).isEmpty();
  }

  /** The flist or link with a name. */
  public Optional<MovedEntry> at(RepositoryName repository, String name) {
    return one(all(ENTRY + "= ?", MovedRows::entry, repository.value(), name));
  }

  /** The tag with a name. */
  public Optional<MovedEntry> at(RepositoryName repository, TagName tag) {
    return one(all(TAG + " AND name = ?", MovedRows::tag, repository.value(), tag.value()));
  }

  /** The link with a name in a tag. */
  public Optional<MovedEntry> at(RepositoryName repository, TagName tag, String name) {
    return one(all(TAG_ENTRY + "= ?", MovedRows::link, repository.value(), tag.value(), name));
  }

  /** The next flists and links in the order of their names, after one; none at the end. */
  public List<Named> entries(RepositoryName repository, String after) {
    return all(
        ENTRY + "> ? ORDER BY e.name LIMIT " + PAGE, MovedRows::entry, repository.value(), after);
  }

  /** All tags of a repository. */
  public List<Named> tags(RepositoryName repository) {
    return all(TAG + " ORDER BY name", MovedRows::tag, repository.value());
  }

  /** The next links in a tag in the order of their names, after one; none at the end. */
  public List<Named> links(RepositoryName repository, TagName tag, String after) {
    return all(
        TAG_ENTRY + "> ? ORDER BY name LIMIT " + PAGE,
        MovedRows::link,
        repository.value(),
        tag.value(),
        after);
  }

  /**
   * Reads the bytes of a flist.
   *
   * @throws java.nio.file.NoSuchFileException if it was deleted
   */
  public void read(DatabaseVersion content, OutputStream out) throws IOException {
    try {
      FlistRows.read(connection, content, out);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private static Optional<MovedEntry> one(List<Named> found) {
    return found.stream().findFirst().map(Named::entry);
  }

  private static Named entry(ResultSet row) throws SQLException {
    if (row.getString(2) != null) {
      return link(row);
    }
    DatabaseVersion version = FlistRows.version(row, 4);
    MovedEntry flist =
        new MovedEntry.Flist(
            version.writtenMicros(), version.size(), version.sha256(), version.md5sum());
    return new Named(row.getString(1), flist, Optional.of(version));
  }

  private static Named link(ResultSet row) throws SQLException {
    MovedEntry link = new MovedEntry.Link(row.getLong(3), row.getString(2));
    return new Named(row.getString(1), link, Optional.empty());
  }

  private static Named tag(ResultSet row) throws SQLException {
    return new Named(row.getString(1), new MovedEntry.Tag(row.getLong(2)), Optional.empty());
  }

  @FunctionalInterface
  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> all(String sql, Row<T> read, String... names) {
    List<T> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < names.length; i++) {
        query.setString(i + 1, names[i]);
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(read.of(row));
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
    return found;
  }
}
