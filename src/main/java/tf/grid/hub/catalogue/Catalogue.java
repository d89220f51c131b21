package tf.grid.hub.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * The repositories of a hub on disk: {@code users/<repository>/<name>.flist}, symbolic links as
 * links, directories {@code .tag-<tag>} of links as tags. What others change there by hand is
 * respected. Threads may share it.
 */
public final class Catalogue {

  private final UsersDirectory users;
  private final Md5Cache md5s;
  private final RepositoryLocks locks = new RepositoryLocks();
  private final AtomicLong changes = new AtomicLong();

  private Catalogue(UsersDirectory users, Md5Cache md5s) {
    this.users = users;
    this.md5s = md5s;
  }

  /**
   * Opens a catalogue, made when missing, and removes what interrupted publishing left behind. No
   * other hub may be publishing into it.
   *
   * @param users the directory of repositories
   * @param md5s gets the digest of what is published
   * @throws IOException if the directory cannot be made or read
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
    UsersDirectory directory = new UsersDirectory(users, targets);
    Files.createDirectories(directory.root());
    TemporaryFiles.removeFrom(directory.root());
    return new Catalogue(directory, md5s);
  }

  /** The directory of repositories. */
  public UsersDirectory users() {
    return users;
  }

  /** A number that grows with every change made through this catalogue. */
  public long changes() {
    return changes.get();
  }

  /**
   * Publishes a flist in place of what has the name, be it a file or a link; the repository is made
   * when missing. Readers see the old file or the new one, whole; when this returns, the new one
   * survives a loss of power.
   *
   * @throws CatalogueFullException if the disk has no room: the name is as before
   * @throws IOException if the content could not be made or stored: the name is as before, unless
   *     only the last step failed, which makes the change of the name durable
   */
  public PublishedFlist publish(RepositoryName repository, FlistName name, FlistContent content)
      throws IOException {
    boolean made = false;
    try {
      made = make(repository);
      PublishedFlist published = write(repository, name, content);
      made = false;
      return published;
    } catch (IOException e) {
      throw CatalogueFullException.unlessRoom(users.root(), e);
    } finally {
      if (made) {
        locks.in(users.of(repository), () -> TemporaryFiles.removeIfEmpty(users.of(repository)));
      }
      changes.incrementAndGet();
    }
  }

  private PublishedFlist write(RepositoryName repository, FlistName name, FlistContent content)
      throws IOException {
    try (NewFile file = startIn(repository)) {
      content.writeTo(file);
      file.complete();
      content.confirm();
      Path target = users.of(repository).resolve(name.stored());
      NewFile.Moved moved = locks.in(users.of(repository), () -> file.moveTo(target));
      moved.identity().ifPresent(found -> md5s.keep(new Fingerprint(found, moved.md5())));
      return new PublishedFlist(repository, name, file.size(), moved.md5());
    }
  }

  /**
   * Changes names in a repository that exists.
   *
   * @throws RepositoryNotFoundException if it does not
   * @throws CatalogueFullException if the disk has no room
   * @throws IOException if a step failed: those before it are made
   */
  public <T> T change(RepositoryName repository, RepositoryChange<T> change) throws IOException {
    return locks.in(users.of(repository), () -> changeHeld(existing(repository), change));
  }

  /**
   * Changes names in a repository that is made when missing, and goes again if the change is
   * refused or fails.
   *
   * @throws CatalogueFullException if the disk has no room
   * @throws IOException if a step failed: those before it are made
   */
  public <T> T changeOrMake(RepositoryName repository, RepositoryChange<T> change)
      throws IOException {
    return locks.in(users.of(repository), () -> makeAndChangeHeld(repository, change));
  }

  private <T> T makeAndChangeHeld(RepositoryName repository, RepositoryChange<T> change)
      throws IOException {
    boolean made = make(repository);
    try {
      T result = changeHeld(repository, change);
      made = false;
      return result;
    } finally {
      if (made) {
        TemporaryFiles.removeIfEmpty(users.of(repository));
      }
    }
  }

  private <T> T changeHeld(RepositoryName repository, RepositoryChange<T> change)
      throws IOException {
    Path directory = users.of(repository);
    try {
      T result = change.in(new OpenRepository(directory));
      NewFile.sync(directory);
      return result;
    } catch (IOException e) {
      throw CatalogueFullException.unlessRoom(directory, e);
    } finally {
      changes.incrementAndGet();
    }
  }

  /**
   * Finds a flist of a repository, through links.
   *
   * @throws RepositoryNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if it does not exist, or is a link that leads to no flist
   */
  public LocatedFlist locate(RepositoryName repository, FlistName name) {
    return locate(name, EntryPath.of(existing(repository), name));
  }

  /**
   * Finds a flist of a tag, through links.
   *
   * @throws RepositoryNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if the tag has no such flist, or a link that leads to none
   */
  public LocatedFlist locate(RepositoryName repository, TagName tag, FlistName name) {
    Optional<TagName> inside = Optional.of(tag);
    EntryPath place = new EntryPath(existing(repository), inside, name.stored());
    // Earlier hubs may have stored names as they were given, without the suffix.
    EntryPath bare = new EntryPath(repository, inside, name.withoutSuffix());
    return locate(name, users.at(place).isPresent() ? place : bare);
  }

  /**
   * The tag that a link leads to.
   *
   * @return the place of the tag, which exists
   * @throws RepositoryNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if there is no such link, or it does not lead to a tag
   */
  public EntryPath tagBehind(RepositoryName repository, TagLinkName name) {
    EntryPath link = new EntryPath(existing(repository), Optional.empty(), name.value());
    return Optional.of(link)
        .filter(place -> users.at(place).orElse(null) instanceof StoredItem.Link)
        .flatMap(users::follow)
        .filter(end -> end.item() instanceof StoredItem.Directory)
        .map(StoredItems.Followed::place)
        .filter(place -> place.name().startsWith(TagName.PREFIX))
        .orElseThrow(FlistNotFoundException::new);
  }

  /**
   * The tag that a link names, which need not exist any more.
   *
   * @throws RepositoryNotFoundException if the repository does not exist
   * @throws FlistNotFoundException if the link is missing, or names something other than a tag
   */
  public EntryPath tagNamedBy(RepositoryName repository, TagLinkName name) {
    List<EntryPath> way =
        users.way(new EntryPath(existing(repository), Optional.empty(), name.value()));
    EntryPath end = way.get(way.size() - 1);
    if (way.size() == 1 || TagName.ofStored(end.name()).isEmpty()) {
      throw new FlistNotFoundException();
    }
    return end;
  }

  private LocatedFlist locate(FlistName name, EntryPath place) {
    Optional<StoredItem.Link> link =
        users.at(place).filter(StoredItem.Link.class::isInstance).map(StoredItem.Link.class::cast);
    return users
        .follow(place)
        .flatMap(this::file)
        .map(file -> new LocatedFlist(name, file, link))
        .orElseThrow(FlistNotFoundException::new);
  }

  private Optional<Path> file(StoredItems.Followed end) {
    if (end.item() instanceof StoredItem.Outside outside) {
      return Optional.of(outside.path());
    }
    return Optional.of(users.of(end.place())).filter(file -> end.item() instanceof StoredItem.File);
  }

  private RepositoryName existing(RepositoryName repository) {
    if (!users.contains(repository)) {
      throw new RepositoryNotFoundException();
    }
    return repository;
  }

  private NewFile startIn(RepositoryName repository) throws IOException {
    try {
      return NewFile.in(users.of(repository));
    } catch (NoSuchFileException e) {
      // It was empty, and removed a moment ago by hand or after another's failure.
      make(repository);
      return NewFile.in(users.of(repository));
    }
  }

  /** Makes a repository, durably; says whether it was missing. */
  private boolean make(RepositoryName repository) throws IOException {
    if (users.contains(repository)) {
      return false;
    }
    try {
      Files.createDirectory(users.of(repository));
      NewFile.sync(users.root());
      return true;
    } catch (FileAlreadyExistsException e) {
      if (users.contains(repository)) {
        return false;
      }
      throw new IOException("tried to publish into " + repository + " but it is no directory", e);
    } catch (IOException e) {
      throw CatalogueFullException.unlessRoom(users.root(), e);
    }
  }

  /**
   * What was published.
   *
   * @param repository where
   * @param name under which name
   * @param size bytes of the file
   * @param md5 digest of the file, 32 hexadecimal digits
   */
  public record PublishedFlist(RepositoryName repository, FlistName name, long size, String md5) {}

  /**
   * A change of the names in a repository.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface RepositoryChange<T> {

    /**
     * Makes it.
     *
     * @throws IOException if the disk fails
     * @throws tf.grid.hub.catalogue.name.CatalogueException if it cannot be granted, before any
     *     step
     */
    T in(OpenRepository repository) throws IOException;
  }

  /** The bytes of a flist that is about to be published. */
  @FunctionalInterface
  public interface FlistContent {

    /**
     * Writes all of it, once. The stream is the caller's to close.
     *
     * @throws IOException if it cannot be written: nothing is published then
     */
    void writeTo(OutputStream out) throws IOException;

    /**
     * Checks the flist a last time, after it was written and synced and right before the rename.
     *
     * @throws IOException if it must not be published
     */
    default void confirm() throws IOException {}
  }
}
