package tf.grid.hub.catalogue.postgresql.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.postgresql.FlistRows;
import tf.grid.hub.catalogue.postgresql.OpenRows;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.Transaction;

/** Writes rows of one repository, replacing what has their names. For one transaction. */
public final class MovedChange {

  private static final String TIME = Transaction.TIME;

  private final RepositoryName repository;
  private final Transaction transaction;

  /**
   * Locks the repository and creates it if necessary.
   *
   * @param modified time of the repository, in microseconds
   */
  public MovedChange(RepositoryName repository, long modified, Transaction transaction) {
    this.repository = repository;
    this.transaction = transaction;
    try {
      transaction.lock(repository);
      transaction.make(repository, modified);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** What is there. */
  public MovedRows rows() {
    return new MovedRows(transaction.connection());
  }

  /** Writes a flist. */
  public void put(String name, MovedEntry.Flist flist, InputStream content) throws IOException {
    new OpenRows(repository, transaction).clear(name);
    long id = insert(flist, content);
    update(
        "INSERT INTO entry (repository, name, flist, modified) VALUES (?, ?, ?, " + TIME + ")",
        repository.value(),
        name,
        id,
        flist.modified());
  }

  private long insert(MovedEntry.Flist flist, InputStream content) throws IOException {
    try (PreparedStatement insert =
        transaction
            .connection()
            .prepareStatement(
                "INSERT INTO flist (sha256, md5, size, written) VALUES (?, ?, ?, "
                    + TIME
                    + ") RETURNING id")) {
      insert.setString(1, flist.sha256());
      insert.setString(2, flist.md5());
      insert.setLong(3, flist.size());
      insert.setLong(4, flist.modified());
      try (ResultSet made = insert.executeQuery()) {
        made.next();
        long id = made.getLong(1);
        FlistRows.insertParts(transaction.connection(), id, content);
        return id;
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** Writes a link. */
  public void put(String name, MovedEntry.Link link) throws IOException {
    new OpenRows(repository, transaction).clear(name);
    update(
        "INSERT INTO entry (repository, name, target, modified) VALUES (?, ?, ?, " + TIME + ")",
        repository.value(),
        name,
        link.target(),
        link.modified());
  }

  /** Writes a tag and leaves the links in it. */
  public void put(TagName tag, MovedEntry.Tag wanted) {
    update(
        "INSERT INTO tag (repository, name, modified) VALUES (?, ?, "
            + TIME
            + ") ON CONFLICT (repository, name) DO UPDATE SET modified = excluded.modified",
        repository.value(),
        tag.value(),
        wanted.modified());
  }

  /** Writes a link in a tag that exists. */
  public void put(TagName tag, String name, MovedEntry.Link link) {
    update(
        "INSERT INTO tag_entry (repository, tag, name, target, modified) VALUES (?, ?, ?, ?, "
            + TIME
            + ") ON CONFLICT (repository, tag, name)"
            + " DO UPDATE SET target = excluded.target, modified = excluded.modified",
        repository.value(),
        tag.value(),
        name,
        link.target(),
        link.modified());
  }

  private void update(String sql, Object... values) {
    try {
      int unused = transaction.update(sql, values);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }
}
