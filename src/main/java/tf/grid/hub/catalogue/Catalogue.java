package tf.grid.hub.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.event.CatalogueEvent.FlistPublished;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.quota.Quotas;

/**
 * The repositories of a hub on disk: flists are {@code users/<repository>/<name>.flist}, links are
 * symbolic links, tags are directories {@code .tag-<tag>} with links. Manual changes on disk are
 * detected. Thread-safe.
 */
public final class Catalogue {

  private final UsersDirectory users;
  private final BooleanSupplier full;
  private final EntryLookup entries;
  private final RepositoryDirectories repositories;
  private final Md5Cache md5s;
  private final Optional<Quotas> quotas;
  private final CatalogueListener listener;
  private final RepositoryLocks locks = new RepositoryLocks();
  private final AtomicLong changes = new AtomicLong();

  private Catalogue(
      UsersDirectory users,
      Md5Cache md5s,
      BooleanSupplier full,
      Optional<Quotas> quotas,
      CatalogueListener listener) {
    this.users = users;
    this.full = full;
    this.listener = listener;
    this.entries = new EntryLookup(users);
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
  public static Catalogue open(Path users, Md5Cache md5s) throws IOException {
    return open(users, List.of(users), md5s);
  }

  /**
   * The same where people make links.
   *
   * @param targets directories in which symbolic links may end
   */
  public static Catalogue open(Path users, List<Path> targets, Md5Cache md5s) throws IOException {
    return open(users, targets, md5s, () -> false, Optional.empty());
  }

  /**
   * The same on a disk that has space for flists at times.
   *
   * @param full whether it has none; nothing is published then
   * @param quotas of the repositories, if they have any
   */
  public static Catalogue open(
      Path users, List<Path> targets, Md5Cache md5s, BooleanSupplier full, Optional<Quotas> quotas)
      throws IOException {
    return open(users, targets, md5s, full, quotas, CatalogueListener.NONE);
  }

  /**
   * The same where others react to changes.
   *
   * @param listener is told of each change
   */
  public static Catalogue open(
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
    return new Catalogue(directory, md5s, full, quotas, listener);
  }

  public UsersDirectory users() {
    return users;
  }

  public EntryLookup entries() {
    return entries;
  }

  /**
   * Finds out whether repositories can be created. Creates nothing, because a new file would change
   * the time of the directory, and all listings would be made again.
   *
   * @throws IOException if they cannot
   */
  public void probeWriting() throws IOException {
    if (!Files.isWritable(users.root())) {
      throw new AccessDeniedException(users.root().toString());
    }
  }

  /**
   * Finds out whether repositories can be listed.
   *
   * @throws IOException if they cannot
   */
  public void probeReading() throws IOException {
    try (DirectoryStream<Path> repositories = Files.newDirectoryStream(users.root())) {
      boolean unused = repositories.iterator().hasNext();
    }
  }

  /** A counter of the changes made through this catalogue. */
  public long changes() {
    return changes.get();
  }

  /**
   * Refuses a flist early, before the work for it begins.
   *
   * @throws tf.grid.hub.catalogue.quota.QuotaExceededException if its repository is full
   */
  public void refuseFull(RepositoryName repository, FlistName name) throws IOException {
    if (quotas.isPresent()) {
      quotas.get().refuseFull(repository, users.of(repository), name);
    }
  }

  /**
   * Publishes a flist, replacing a file or link with its name; creates the repository if necessary.
   * Readers see either the old or the new file, completely; the new file is durable when this
   * returns.
   *
   * @throws CatalogueFullException if the disk is full; the old file remains
   * @throws tf.grid.hub.catalogue.quota.QuotaExceededException if the repository would have too
   *     much; the old file remains
   * @throws IOException if the content could not be created or stored; the old file remains, except
   *     if only the last step failed, which makes the rename durable
   */
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
      long bytes = contentBytes(repository, directory, content, file);
      NewFile.Moved moved =
          locks.in(
              directory,
              () -> {
                if (quotas.isPresent()) {
                  quotas.get().admit(repository, directory, name, bytes);
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

  /** The size of the content, if a quota needs it. */
  private long contentBytes(
      RepositoryName repository, Path directory, FlistContent content, NewFile file)
      throws IOException {
    OptionalLong known = content.contentBytes();
    if (quotas.isEmpty()) {
      return known.orElse(0);
    }
    quotas.get().prepare(repository, directory);
    return known.isPresent()
        ? known.getAsLong()
        : quotas.get().measure(repository, file.temporary());
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

  /**
   * Changes names in an existing repository.
   *
   * @throws RepositoryNotFoundException if it does not exist
   * @throws CatalogueFullException if the disk is full
   * @throws IOException if a step failed; earlier steps remain
   */
  public <T> T change(RepositoryName repository, RepositoryChange<T> change) throws IOException {
    return locks.moving(
        () ->
            locks.in(users.of(repository), () -> changeHeld(entries.existing(repository), change)));
  }

  /**
   * Changes names in a repository, which is created if necessary and removed again if the change
   * fails.
   *
   * @throws CatalogueFullException if the disk is full
   * @throws IOException if a step failed; earlier steps remain
   */
  public <T> T changeOrMake(RepositoryName repository, RepositoryChange<T> change)
      throws IOException {
    return locks.moving(
        () -> locks.in(users.of(repository), () -> makeAndChangeHeld(repository, change)));
  }

  /**
   * Removes a repository without entries.
   *
   * @return whether it existed and was empty
   * @throws IOException if it cannot be removed
   */
  public boolean removeIfEmpty(RepositoryName repository) throws IOException {
    try {
      return locks.in(users.of(repository), () -> repositories.removeIfEmpty(repository));
    } finally {
      changes.incrementAndGet();
    }
  }

  /**
   * Copies a published flist to another name, without checking its chunks again.
   *
   * @throws IOException as {@link #publish}
   */
  public <T> T copy(Step<T> copying) throws IOException {
    return locks.moving(copying);
  }

  /**
   * Looks at all repositories while the hub renames, copies and deletes nothing, so that no flist
   * escapes by moving. New flists are published meanwhile.
   */
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
    OpenRepository open = new OpenRepository(repository, directory, users);
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

  /**
   * A published flist.
   *
   * @param repository its repository
   * @param name its name
   * @param size of the file in bytes
   * @param md5 digest of the file, 32 hexadecimal digits
   */
  public record PublishedFlist(RepositoryName repository, FlistName name, long size, String md5) {}

  /**
   * A change of names in a repository.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface RepositoryChange<T> {

    /**
     * Executes the change.
     *
     * @throws IOException if the disk fails
     * @throws tf.grid.hub.catalogue.name.CatalogueException if it is rejected, before any step
     */
    T in(OpenRepository repository) throws IOException;
  }

  /**
   * Something that is done under a lock.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Step<T> {

    T make() throws IOException;
  }

  /** The content of a flist to publish. */
  @FunctionalInterface
  public interface FlistContent {

    /**
     * Writes the content, once. Does not close the stream.
     *
     * @throws IOException if it cannot be written; nothing is published then
     */
    void writeTo(OutputStream out) throws IOException;

    /**
     * Checks the flist a last time, after it was written and synced and right before the rename.
     *
     * @throws IOException if it must not be published
     */
    default void confirm() throws IOException {}

    /** The size of all files of the flist, if it is known without reading the flist. */
    default OptionalLong contentBytes() {
      return OptionalLong.empty();
    }
  }
}
