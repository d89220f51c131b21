package tf.grid.hub.catalogue.postgresql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.OpenRepository;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.event.CatalogueEvent.Deleted;
import tf.grid.hub.catalogue.event.CatalogueEvent.Linked;
import tf.grid.hub.catalogue.event.CatalogueEvent.Renamed;
import tf.grid.hub.catalogue.event.CatalogueEvent.TagChanged;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.Transaction;

/** A repository that a transaction changes. Others see all steps at once, when it is committed. */
public final class OpenRows implements OpenRepository {

  /** Of a directory of tags on the file systems of most hubs. */
  private static final long DIRECTORY_BYTES = 4096;

  private final RepositoryName repository;
  private final Transaction transaction;
  private final List<CatalogueEvent> events = new ArrayList<>();

  /** Changes a repository that exists and is locked. */
  public OpenRows(RepositoryName repository, Transaction transaction) {
    this.repository = repository;
    this.transaction = transaction;
  }

  /** A tag as an item of its repository. */
  static StoredItem.Directory directory(long modified) {
    return new StoredItem.Directory(modified, DIRECTORY_BYTES);
  }

  /** A link with the size of a symbolic link. */
  static StoredItem.Link link(long modified, String target) {
    return new StoredItem.Link(modified, target.getBytes(StandardCharsets.UTF_8).length, target);
  }

  /** What has been done so far. */
  List<CatalogueEvent> events() {
    return events;
  }

  @Override
  public Optional<StoredItem> at(String name) {
    Optional<TagName> tag = TagName.ofStored(name);
    return tag.isPresent()
        ? first(
            "SELECT micros(modified) / 1000000 FROM tag WHERE repository = ? AND name = ?",
            row -> directory(row.getLong(1)),
            tag.get().value())
        : first(
            "SELECT micros(coalesce(f.written, e.modified)) / 1000000, e.target, f.size"
                + " FROM entry e LEFT JOIN flist f ON f.id = e.flist"
                + " WHERE e.repository = ? AND e.name = ?",
            OpenRows::item,
            name);
  }

  private static StoredItem item(ResultSet row) throws SQLException {
    String target = row.getString(2);
    return target == null
        ? new StoredItem.File(row.getLong(1), row.getLong(3))
        : link(row.getLong(1), target);
  }

  @Override
  public Optional<StoredItem> at(TagName tag, String name) {
    return first(
        "SELECT micros(modified) / 1000000, target FROM tag_entry"
            + " WHERE repository = ? AND tag = ? AND name = ?",
        row -> link(row.getLong(1), row.getString(2)),
        tag.value(),
        name);
  }

  private Optional<StoredItem> first(String sql, Row row, String... names) {
    try (PreparedStatement query = transaction.connection().prepareStatement(sql)) {
      query.setString(1, repository.value());
      for (int i = 0; i < names.length; i++) {
        query.setString(i + 2, names[i]);
      }
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(row.item(found)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  @FunctionalInterface
  private interface Row {
    StoredItem item(ResultSet row) throws SQLException;
  }

  /** Gives a flist its name, replacing an existing flist or link. */
  void put(String name, DatabaseVersion flist) throws IOException {
    clear(name);
    update(
        "INSERT INTO entry (repository, name, flist) VALUES (?, ?, ?)",
        repository.value(),
        name,
        flist.id());
  }

  @Override
  public void link(String name, String text) throws IOException {
    clear(name);
    update(
        "INSERT INTO entry (repository, name, target) VALUES (?, ?, ?)",
        repository.value(),
        name,
        text);
    events.add(new Linked(repository, name, text));
  }

  @Override
  public void link(TagName tag, FlistName name, String text) throws IOException {
    update(
        "INSERT INTO tag (repository, name) VALUES (?, ?) ON CONFLICT (repository, name)"
            + " DO UPDATE SET modified = clock_timestamp()",
        repository.value(),
        tag.value());
    update(
        "INSERT INTO tag_entry (repository, tag, name, target) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (repository, tag, name)"
            + " DO UPDATE SET target = excluded.target, modified = clock_timestamp()",
        repository.value(),
        tag.value(),
        name.stored(),
        text);
    events.add(new TagChanged(repository, tag));
  }

  @Override
  public void remove(String name) throws IOException {
    if (!delete(name)) {
      throw new NoSuchFileException(repository + "/" + name);
    }
    dropDownloads(name);
    events.add(new Deleted(repository, name));
  }

  @Override
  public boolean remove(TagName tag, String name) throws IOException {
    int removed =
        update(
            "DELETE FROM tag_entry WHERE repository = ? AND tag = ? AND name = ?",
            repository.value(),
            tag.value(),
            name);
    if (removed == 0) {
      throw new NoSuchFileException(repository + "/" + tag.stored() + "/" + name);
    }
    events.add(new TagChanged(repository, tag));
    int gone =
        update(
            "DELETE FROM tag t WHERE repository = ? AND name = ? AND NOT EXISTS (SELECT FROM"
                + " tag_entry e WHERE e.repository = t.repository AND e.tag = t.name)",
            repository.value(),
            tag.value());
    if (gone == 0) {
      update(
          "UPDATE tag SET modified = clock_timestamp() WHERE repository = ? AND name = ?",
          repository.value(),
          tag.value());
    }
    return gone > 0;
  }

  @Override
  public void remove(TagName tag) throws IOException {
    int removed =
        update(
            "DELETE FROM tag WHERE repository = ? AND name = ?", repository.value(), tag.value());
    if (removed == 0) {
      throw new NoSuchFileException(repository + "/" + tag.stored());
    }
    events.add(new TagChanged(repository, tag));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (at(from).isEmpty()) {
      throw new NoSuchFileException(repository + "/" + from);
    }
    if (from.equals(to)) {
      return;
    }
    clear(to);
    update(
        "UPDATE entry SET name = ? WHERE repository = ? AND name = ?",
        to,
        repository.value(),
        from);
    moveDownloads(from, to);
    events.add(new Renamed(repository, from, to));
  }

  private void dropDownloads(String name) {
    update("DELETE FROM download WHERE repository = ? AND name = ?", repository.value(), name);
  }

  /** Locks both rows in the order in which hubs add to them. */
  private void moveDownloads(String from, String to) {
    first(
        "SELECT FROM download WHERE repository = ? AND name IN (?, ?) ORDER BY name FOR UPDATE",
        row -> directory(0),
        from,
        to);
    dropDownloads(to);
    update(
        "UPDATE download SET name = ? WHERE repository = ? AND name = ?",
        to,
        repository.value(),
        from);
  }

  /** Makes room for an entry. */
  public void clear(String name) throws IOException {
    if (TagName.ofStored(name).isPresent()) {
      throw new FileAlreadyExistsException(repository + "/" + name);
    }
    boolean unused = delete(name);
  }

  private boolean delete(String name) {
    try (PreparedStatement delete =
        transaction
            .connection()
            .prepareStatement(
                "DELETE FROM entry WHERE repository = ? AND name = ? RETURNING flist")) {
      delete.setString(1, repository.value());
      delete.setString(2, name);
      try (ResultSet deleted = delete.executeQuery()) {
        if (!deleted.next()) {
          return false;
        }
        long flist = deleted.getLong(1);
        if (!deleted.wasNull()) {
          int unused = transaction.update("DELETE FROM flist WHERE id = ?", flist);
        }
        return true;
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private int update(String sql, Object... values) {
    try {
      return transaction.update(sql, values);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }
}
