package tf.grid.hub.catalogue.postgresql;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.CatalogueFullException;
import tf.grid.hub.catalogue.CatalogueReader;
import tf.grid.hub.catalogue.EntryLookup;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItems;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.event.CatalogueEvent.FlistPublished;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.background.DatabaseGroup;
import tf.grid.hub.catalogue.postgresql.background.GroupSettings;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.OutcomeUnknownException;
import tf.grid.hub.catalogue.postgresql.connection.Transaction;
import tf.grid.hub.catalogue.postgresql.connection.UnusableDatabaseException;
import tf.grid.hub.catalogue.quota.Quotas;
import tf.grid.hub.catalogue.shared.HubGroup;
import tf.grid.hub.catalogue.shared.SharedCatalogue;
import tf.grid.hub.limit.Ticker;

/**
 * The repositories of several hubs in PostgreSQL. Each change is one transaction: other hubs see
 * all of it or nothing. Names are read from memory, which follows the database within a moment;
 * lookups ask first whether it is current. The bytes of flists are copied to files when they are
 * needed. Thread-safe.
 */
public final class PostgresqlCatalogue implements Catalogue, SharedCatalogue, Closeable {

  private static final System.Logger LOG = System.getLogger(PostgresqlCatalogue.class.getName());

  private static final int READ_SECONDS = 10;
  private static final int WORK_SECONDS = 60;
  private static final long LISTING_MILLIS = 500;

  /** There is no such directory: it makes the names in messages and counts. */
  private static final Path USERS = Path.of("/postgresql");

  private final Database database;
  private final CatalogueMemory memory;
  private final FlistCache cache;
  private final Optional<Quotas> quotas;
  private final CatalogueListener listener;

  private PostgresqlCatalogue(
      Database database,
      CatalogueMemory memory,
      FlistCache cache,
      Optional<Quotas> quotas,
      CatalogueListener listener) {
    this.database = database;
    this.memory = memory;
    this.cache = cache;
    this.quotas = quotas;
    this.listener = listener;
  }

  /**
   * Reads all names.
   *
   * @param database is not closed with the catalogue
   * @param cache for copies of flists; belongs to this hub alone
   * @param cacheBytes how many bytes of them are kept
   * @param quotas of the repositories, if they have any
   * @param listener is told of each change that is made here
   * @throws UnusableDatabaseException if the database cannot be used
   * @throws IOException if the cache cannot be created
   */
  public static PostgresqlCatalogue open(
      Database database,
      Path cache,
      long cacheBytes,
      Optional<Quotas> quotas,
      CatalogueListener listener)
      throws IOException {
    FlistCache copies = new FlistCache(cache, cacheBytes, database);
    try {
      CatalogueMemory memory = new CatalogueMemory(database.ownConnections(READ_SECONDS));
      return new PostgresqlCatalogue(database, memory, copies, quotas, listener);
    } catch (SQLException e) {
      throw database.unusable(e);
    }
  }

  /** The hubs with this catalogue, as one of them. */
  public HubGroup group(GroupSettings work, Ticker ticker) {
    return new DatabaseGroup(database, database.ownConnections(WORK_SECONDS), work, ticker);
  }

  @Override
  public List<SharedFlist> allFlists() throws IOException {
    return database
        .ask(connection -> new RowsReader(RowsReader.none()).readAll(connection))
        .flists();
  }

  @Override
  public Optional<DatabaseVersion> versionOf(RepositoryName repository, FlistName name)
      throws IOException {
    return database.ask(connection -> FlistRows.find(connection, repository, name));
  }

  @Override
  public StoredItems items() {
    return memory.current();
  }

  @Override
  public EntryLookup entries() {
    return new EntryLookup(memory.current(), end -> flist(end.place()));
  }

  private FlistFile flist(EntryPath place) {
    return new DatabaseFlist(place, path(place), memory, cache);
  }

  @Override
  public Map<String, FlistFile> flists(RepositoryName repository) {
    Map<String, FlistFile> flists = new HashMap<>();
    memory
        .current()
        .versions()
        .getOrDefault(repository, Map.of())
        .keySet()
        .forEach(
            name -> flists.put(name, flist(new EntryPath(repository, Optional.empty(), name))));
    return flists;
  }

  @Override
  public Path path(EntryPath place) {
    Path repository = USERS.resolve(place.repository().value());
    return place
        .tag()
        .map(tag -> repository.resolve(tag.stored()))
        .orElse(repository)
        .resolve(place.name());
  }

  @Override
  public CatalogueReader reader(Clock clock) {
    return new KnownRows(memory, clock, LISTING_MILLIS);
  }

  @Override
  public void probeWriting() throws IOException {
    database.probe(true);
  }

  @Override
  public void probeReading() throws IOException {
    database.probe(false);
  }

  @Override
  public long changes() {
    return memory.known().number();
  }

  @Override
  public void refuseFull(RepositoryName repository, FlistName name) throws IOException {
    if (quotas.isPresent()) {
      quotas.get().refuseFull(repository, name, () -> flists(repository));
    }
  }

  @Override
  public PublishedFlist publish(RepositoryName repository, FlistName name, FlistContent content)
      throws IOException {
    try (NewFlist file = cache.newFile()) {
      content.writeTo(file);
      file.complete();
      OptionalLong contentBytes = contentBytes(repository, content, file);
      publish(repository, name, content, file, contentBytes);
      memory.refresh();
      PublishedFlist published = new PublishedFlist(repository, name, file.size(), file.md5());
      keep(file);
      listener.changed(
          new FlistPublished(repository, name.stored(), published.size(), published.md5()));
      return published;
    } catch (OutcomeUnknownException e) {
      throw e;
    } catch (IOException e) {
      throw CatalogueFullException.unlessRoom(cache.directory(), e);
    }
  }

  private void keep(NewFlist published) {
    try {
      cache.keep(published);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a published flist is not kept in the cache: {0}", e.toString());
    }
  }

  private void publish(
      RepositoryName repository,
      FlistName name,
      FlistContent content,
      NewFlist file,
      OptionalLong contentBytes)
      throws IOException {
    // Takes as long as the store does, so without the lock and without a connection.
    content.confirm();
    database.change(
        repository,
        false,
        transaction -> {
          // A collection waits for transactions that have written something. So the flist is
          // written before its chunks are taken off the list of the unused ones.
          DatabaseVersion version = FlistRows.insert(transaction.connection(), file, contentBytes);
          content.confirmAgain();
          transaction.lock(repository);
          if (quotas.isPresent()) {
            quotas.get().admit(repository, name, contentBytes.orElse(0), () -> flists(repository));
          }
          transaction.make(repository);
          new OpenRows(repository, transaction).put(name.stored(), version);
          return null;
        });
  }

  private OptionalLong contentBytes(RepositoryName repository, FlistContent content, NewFlist file)
      throws IOException {
    OptionalLong known = content.contentBytes();
    return quotas.isEmpty()
        ? known
        : quotas.get().contentBytes(repository, known, file.path(), () -> flists(repository));
  }

  @Override
  public <T> T change(RepositoryName repository, RepositoryChange<T> change) throws IOException {
    return change(
        repository,
        change,
        transaction -> {
          if (!transaction.contains(repository)) {
            throw new RepositoryNotFoundException();
          }
        });
  }

  @Override
  public <T> T changeOrMake(RepositoryName repository, RepositoryChange<T> change)
      throws IOException {
    return change(repository, change, transaction -> transaction.make(repository));
  }

  private <T> T change(RepositoryName repository, RepositoryChange<T> change, Preparation prepare)
      throws IOException {
    List<CatalogueEvent> events = new ArrayList<>();
    T result =
        database.change(
            repository,
            true,
            transaction -> {
              transaction.lock(repository);
              prepare.in(transaction);
              OpenRows open = new OpenRows(repository, transaction);
              T made = change.in(open);
              transaction.changed(repository);
              events.addAll(open.events());
              return made;
            });
    memory.refresh();
    events.forEach(listener::changed);
    return result;
  }

  @FunctionalInterface
  private interface Preparation {
    void in(Transaction transaction) throws SQLException;
  }

  @Override
  public boolean removeIfEmpty(RepositoryName repository) throws IOException {
    boolean removed =
        database.change(
            repository,
            false,
            transaction -> {
              transaction.lock(repository);
              return transaction.update(
                      "DELETE FROM repository r WHERE name = ?"
                          + " AND NOT EXISTS (SELECT FROM entry e WHERE e.repository = r.name)"
                          + " AND NOT EXISTS (SELECT FROM tag t WHERE t.repository = r.name)",
                      repository.value())
                  > 0;
            });
    memory.refresh();
    return removed;
  }

  @Override
  public <T> T copy(RepositoryName into, Step<T> copying) throws IOException {
    return database.moving(into, copying);
  }

  @Override
  public <T> T whileNamesStay(Step<T> looking) throws IOException {
    return database.whileNamesStay(looking);
  }

  @Override
  public void close() {
    memory.close();
  }
}
