package tf.grid.hub.catalogue.postgresql.background;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.shared.FrozenFlists;

/** Reads flists in one snapshot of the database, over a connection of its own. */
final class FrozenRows implements FrozenFlists {

  private final Connection connection;
  private final List<FrozenFlist> all = new ArrayList<>();
  private final int repositories;

  /**
   * Takes the snapshot.
   *
   * @param connection closed with this
   */
  FrozenRows(Connection connection) throws SQLException {
    this.connection = connection;
    boolean taken = false;
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        this.repositories = count(statement);
        list(statement);
      }
      taken = true;
    } finally {
      if (!taken) {
        connection.close();
      }
    }
  }

  private static int count(Statement statement) throws SQLException {
    try (ResultSet number = statement.executeQuery("SELECT count(*) FROM repository")) {
      number.next();
      return number.getInt(1);
    }
  }

  private void list(Statement statement) throws SQLException {
    statement.setFetchSize(1000);
    try (ResultSet row =
        statement.executeQuery(
            "SELECT repository, name, flist FROM entry WHERE flist IS NOT NULL")) {
      while (row.next()) {
        all.add(new FrozenFlist(row.getString(1), row.getString(2), row.getLong(3)));
      }
    }
  }

  @Override
  public int repositories() {
    return repositories;
  }

  @Override
  public List<FrozenFlist> all() {
    return List.copyOf(all);
  }

  @Override
  public InputStream open(FrozenFlist flist) throws IOException {
    return new Parts(flist);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** One part after the other in memory. */
  private final class Parts extends InputStream {
    private final FrozenFlist flist;
    private byte[] part = {};
    private int next;
    private int number;

    Parts(FrozenFlist flist) throws IOException {
      this.flist = flist;
      fetch();
      if (part.length == 0) {
        throw new IOException(flist.repository() + "/" + flist.name() + " has no content");
      }
    }

    /** The parts are numbered without a gap; an empty array is the end. */
    private void fetch() throws IOException {
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT bytes FROM flist_part WHERE flist = ? AND number = ?")) {
        query.setLong(1, flist.key());
        query.setInt(2, number);
        try (ResultSet found = query.executeQuery()) {
          part = found.next() ? found.getBytes(1) : new byte[0];
        }
      } catch (SQLException e) {
        throw new DatabaseException(e);
      }
      number++;
      next = 0;
    }

    private boolean isAtEnd() throws IOException {
      if (next == part.length && part.length > 0) {
        fetch();
      }
      return part.length == 0;
    }

    @Override
    public int read() throws IOException {
      return isAtEnd() ? -1 : part[next++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (isAtEnd()) {
        return -1;
      }
      int count = Math.min(length, part.length - next);
      System.arraycopy(part, next, bytes, offset, count);
      next += count;
      return count;
    }
  }
}
