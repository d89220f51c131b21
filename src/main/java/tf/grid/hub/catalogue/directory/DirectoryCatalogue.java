package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.CatalogueFullException;
import tf.grid.hub.catalogue.CatalogueReader;
import tf.grid.hub.catalogue.EntryLookup;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.StoredItems;
import tf.grid.hub.catalogue.digest.FileOnDisk;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.event.CatalogueEvent.FlistPublished;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.quota.Quotas;

/**
 * The repositories of a hub on disk: flists are {@code users/<repository>/<name>.flist}, links are
 * symbolic links, tags are directories {@code .tag-<tag>} with links. Manual changes on disk are
 * detected. Thread-safe.
 */
public final class DirectoryCatalogue implements Catalogue {

  private final UsersDirectory users;
  private final BooleanSupplier full;
  private final EntryLookup entries;
  private final RepositoryDirectories repositories;
  private final Md5Cache md5s;
  private final Optional<Quotas> quotas;
  private final CatalogueListener listener;
  private final RepositoryLocks locks = new RepositoryLocks();
  private final AtomicLong changes = new AtomicLong();

  private DirectoryCatalogue(
      UsersDirectory users,
      Md5Cache md5s,
      BooleanSupplier full,
      Optional<Quotas> quotas,
      CatalogueListener listener) {
    this.users = users;
    this.full = full;
    this.listener = listener;
    this.entries = new EntryLookup(users, this::file);
    this.repositories = new RepositoryDirectories(users);
    this.md5s = md5s;
    this.quotas = quotas;
  }

  /**
   * Opens a catalogue, creates it if necessary, and removes temporary files of interrupted
   * publications. No other hub may publish to it.
   *
   * @param users the directory of repositories
   * @param md5s receives the digests of published files
   * @throws IOException if the directory cannot be created or read
   */
  public static DirectoryCatalogue open(Path users, Md5Cache md5s) throws IOException {
    return open(users, List.of(users), md5s);
  }

  /**
   * The same where people make links.
   *
   * @param targets directories in which symbolic links may end
   */
  public static DirectoryCatalogue open(Path users, List<Path> targets, Md5Cache md5s)
      throws IOException {
    return open(users, targets, md5s, () -> false, Optional.empty());
  }

  /**
   * The same on a disk that has space for flists at times.
   *
   * @param full whether it has none; nothing is published then
   * @param quotas of the repositories, if they have any
   */
  public static DirectoryCatalogue open(
      Path users, List<Path> targets, Md5Cache md5s, BooleanSupplier full, Optional<Quotas> quotas)
      throws IOException {
    return open(users, targets, md5s, full, quotas, CatalogueListener.NONE);
  }

  /**
   * The same where others react to changes.
   *
   * @param listener is told of each change
   */
  public static DirectoryCatalogue open(
      Path users,
      List<Path> targets,
      Md5Cache md5s,
      BooleanSupplier full,
      Optional<Quotas> quotas,
      CatalogueListener listener)
      throws IOException {
    UsersDirectory directory = new UsersDirectory(users, targets);
    Files.createDirectories(directory.root());
    TemporaryFiles.removeFrom(directory);
    return new DirectoryCatalogue(directory, md5s, full, quotas, listener);
  }

  /**
   * The catalogue if it is in a directory, for what works on its files.
   *
   * @throws NoDirectoryException if it is elsewhere
   */
  public static DirectoryCatalogue of(Catalogue catalogue) {
    return of(catalogue, "");
  }

  /**
   * The same with advice, which continues the message.
   *
   * @throws NoDirectoryException if it is elsewhere
   */
  public static DirectoryCatalogue of(Catalogue catalogue, String advice) {
    if (catalogue instanceof DirectoryCatalogue directory) {
      return directory;
    }
    throw new NoDirectoryException(advice);
  }

  public UsersDirectory users() {
    return users;
  }

  @Override
  public StoredItems items() {
    return users;
  }

  @Override
  public EntryLookup entries() {
    return entries;
  }

  private FlistFile file(StoredItems.Followed end) {
    return new FileOnDisk(
        end.item() instanceof StoredItem.Outside outside ? outside.path() : users.of(end.place()));
  }

  @Override
  public Map<String, FlistFile> flists(RepositoryName repository) throws IOException {
    Map<String, FlistFile> files = new HashMap<>();
    Path directory = users.of(repository);
    if (!Files.isDirectory(directory)) {
      return files;
    }
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        if (FlistName.ofStored(name).isPresent()
            && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          files.put(name, new FileOnDisk(path));
        }
      }
      return files;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public Path path(EntryPath place) {
    return users.of(place);
  }

  @Override
  public CatalogueReader reader(Clock clock) {
    return new UsersReader(users, clock);
  }

  /**
   * Creates nothing, because a new file would change the time of the directory, and all listings
   * would be made again.
   */
  @Override
  public void probeWriting() throws IOException {
    if (!Files.isWritable(users.root())) {
      throw new AccessDeniedException(users.root().toString());
    }
  }

  @Override
  public void probeReading() throws IOException {
    try (DirectoryStream<Path> repositories = Files.newDirectoryStream(users.root())) {
      boolean unused = repositories.iterator().hasNext();
    }
  }

  @Override
  public long changes() {
    return changes.get();
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
    if (full.getAsBoolean()) {
      throw new CatalogueFullException(users.root(), null);
    }
    boolean made = false;
    try {
      made = repositories.create(repository);
      PublishedFlist published = write(repository, name, content);
      made = false;
      listener.changed(
          new FlistPublished(repository, name.stored(), published.size(), published.md5()));
      return published;
    } catch (IOException e) {
      throw CatalogueFullException.unlessRoom(users.root(), e);
    } finally {
      if (made) {
        locks.in(users.of(repository), () -> repositories.removeIfEmpty(repository));
      }
      changes.incrementAndGet();
    }
  }

  private PublishedFlist write(RepositoryName repository, FlistName name, FlistContent content)
      throws IOException {
    try (NewFile file = repositories.newFile(repository)) {
      content.writeTo(file);
      file.complete();
      content.confirm();
      Path directory = users.of(repository);
      long bytes = contentBytes(repository, content, file).orElse(0);
      NewFile.Moved moved =
          locks.in(
              directory,
              () -> {
                if (quotas.isPresent()) {
                  quotas.get().admit(repository, name, bytes, () -> flists(repository));
                }
                NewFile.Moved done = file.moveTo(directory.resolve(name.stored()));
                if (quotas.isPresent() && content.contentBytes().isPresent()) {
                  done.identity().ifPresent(version -> quotas.get().keep(version, bytes));
                }
                return done;
              });
      moved.identity().ifPresent(found -> md5s.keep(new Fingerprint(found, moved.md5())));
      return new PublishedFlist(repository, name, file.size(), moved.md5());
    }
  }

  private OptionalLong contentBytes(RepositoryName repository, FlistContent content, NewFile file)
      throws IOException {
    OptionalLong known = content.contentBytes();
    return quotas.isEmpty()
        ? known
        : quotas.get().contentBytes(repository, known, file.temporary(), () -> flists(repository));
  }

  /**
   * Reads a repository while nobody changes names in it through this hub.
   *
   * @param repository a child of the users directory
   * @throws IOException if the reading failed
   */
  public void read(Path repository, RepositoryReading reading) throws IOException {
    locks.in(
        repository,
        () -> {
          reading.run();
          return repository;
        });
  }

  /** Reads files of a repository. */
  @FunctionalInterface
  public interface RepositoryReading {

    /** Runs once, while the repository does not change. */
    void run() throws IOException;
  }

  /** Whether a file in the users directory is an unfinished publication. */
  public static boolean isTemporary(Path file) {
    return file.getFileName().toString().startsWith(NewFile.PREFIX);
  }

  @Override
  public <T> T change(RepositoryName repository, RepositoryChange<T> change) throws IOException {
    return locks.moving(
        () ->
            locks.in(users.of(repository), () -> changeHeld(entries.existing(repository), change)));
  }

  @Override
  public <T> T changeOrMake(RepositoryName repository, RepositoryChange<T> change)
      throws IOException {
    return locks.moving(
        () -> locks.in(users.of(repository), () -> makeAndChangeHeld(repository, change)));
  }

  @Override
  public boolean removeIfEmpty(RepositoryName repository) throws IOException {
    try {
      return locks.in(users.of(repository), () -> repositories.removeIfEmpty(repository));
    } finally {
      changes.incrementAndGet();
    }
  }

  @Override
  public <T> T copy(RepositoryName into, Step<T> copying) throws IOException {
    return locks.moving(copying);
  }

  @Override
  public <T> T whileNamesStay(Step<T> looking) throws IOException {
    return locks.whileNamesStay(looking);
  }

  private <T> T makeAndChangeHeld(RepositoryName repository, RepositoryChange<T> change)
      throws IOException {
    boolean made = repositories.create(repository);
    try {
      T result = changeHeld(repository, change);
      made = false;
      return result;
    } finally {
      if (made) {
        repositories.removeIfEmpty(repository);
      }
    }
  }

  private <T> T changeHeld(RepositoryName repository, RepositoryChange<T> change)
      throws IOException {
    Path directory = users.of(repository);
    OpenDirectory open = new OpenDirectory(repository, directory, users);
    try {
      T result = change.in(open);
      NewFile.sync(directory);
      return result;
    } catch (IOException e) {
      throw CatalogueFullException.unlessRoom(directory, e);
    } finally {
      changes.incrementAndGet();
      // Also those before a step that failed.
      open.events().forEach(listener::changed);
    }
  }
}
