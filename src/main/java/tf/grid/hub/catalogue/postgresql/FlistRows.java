package tf.grid.hub.catalogue.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.OptionalLong;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Writes flists to the database and reads them, in parts that fit in memory. */
public final class FlistRows {

  /** What {@link #version} reads, from a table {@code f}. */
  public static final String COLUMNS =
      "f.id, f.sha256, f.md5, f.size, f.content_bytes, micros(f.written)";

  private static final int PART = 1 << 20;

  private FlistRows() {}

  /** The version in a row, whose first column has this number. */
  public static DatabaseVersion version(ResultSet row, int first) throws SQLException {
    long contentBytes = row.getLong(first + 4);
    Optional<Long> contentSize = row.wasNull() ? Optional.empty() : Optional.of(contentBytes);
    return new DatabaseVersion(
        row.getLong(first),
        row.getString(first + 1),
        row.getString(first + 2),
        row.getLong(first + 3),
        contentSize,
        row.getLong(first + 5));
  }

  /** The version of a flist with a name. */
  static Optional<DatabaseVersion> find(
      Connection connection, RepositoryName repository, FlistName name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM entry e JOIN flist f ON f.id = e.flist"
                + " WHERE e.repository = ? AND e.name = ?")) {
      query.setString(1, repository.value());
      query.setString(2, name.stored());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(version(row, 1)) : Optional.empty();
      }
    }
  }

  /** Writes a flist that has no name yet. */
  static DatabaseVersion insert(Connection connection, NewFlist file, OptionalLong contentBytes)
      throws IOException, SQLException {
    DatabaseVersion version;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO flist AS f (sha256, md5, size, content_bytes) VALUES (?, ?, ?, ?)"
                + " RETURNING "
                + COLUMNS)) {
      insert.setString(1, file.sha256());
      insert.setString(2, file.md5());
      insert.setLong(3, file.size());
      if (contentBytes.isPresent()) {
        insert.setLong(4, contentBytes.getAsLong());
      } else {
        insert.setNull(4, Types.BIGINT);
      }
      try (ResultSet made = insert.executeQuery()) {
        made.next();
        version = version(made, 1);
      }
    }
    try (InputStream in = Files.newInputStream(file.path())) {
      insertParts(connection, version.id(), in);
    }
    return version;
  }

  /** Writes the bytes of a flist. */
  public static void insertParts(Connection connection, long flist, InputStream in)
      throws IOException, SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO flist_part (flist, number, bytes) VALUES (?, ?, ?)")) {
      int number = 0;
      for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
        insert.setLong(1, flist);
        insert.setInt(2, number);
        insert.setBytes(3, part);
        insert.executeUpdate();
        number++;
      }
    }
  }

  /**
   * Reads the bytes of a flist.
   *
   * @throws NoSuchFileException if it was deleted
   */
  public static void read(Connection connection, DatabaseVersion version, OutputStream out)
      throws IOException, SQLException {
    long parts = (version.size() + PART - 1) / PART;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT bytes FROM flist_part WHERE flist = ? AND number = ?")) {
      for (int number = 0; number < parts; number++) {
        query.setLong(1, version.id());
        query.setInt(2, number);
        try (ResultSet part = query.executeQuery()) {
          if (!part.next()) {
            throw new NoSuchFileException(version.term());
          }
          out.write(part.getBytes(1));
        }
      }
    }
  }
}
