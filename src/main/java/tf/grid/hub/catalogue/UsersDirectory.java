package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * The users directory as it is on disk at each moment. Threads may share it.
 *
 * <p>No symbolic link is ever followed by the system: the last component is always looked at with
 * {@link LinkOption#NOFOLLOW_LINKS}, and those before it have to be directories themselves.
 */
public final class UsersDirectory implements StoredItems {

  private final Path root;

  /** The directory at this path, which need not exist yet. */
  public UsersDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Where it is. */
  public Path root() {
    return root;
  }

  /** Where a repository is or would be. */
  public Path of(RepositoryName repository) {
    return root.resolve(repository.value());
  }

  /** Where an entry is or would be. */
  public Path of(EntryPath place) {
    return directoryOf(place).resolve(place.name());
  }

  /** Whether a repository exists; a link to a directory is not one. */
  public boolean contains(RepositoryName repository) {
    return Files.isDirectory(of(repository), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<StoredItem> at(EntryPath place) {
    boolean reachable =
        contains(place.repository())
            && (place.tag().isEmpty()
                || Files.isDirectory(directoryOf(place), LinkOption.NOFOLLOW_LINKS));
    return reachable ? look(of(place)) : Optional.empty();
  }

  /** What is at a path, whose directory the caller knows to be no link; empty if unknowable. */
  public static Optional<StoredItem> look(Path path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      long modified = found.lastModifiedTime().to(TimeUnit.SECONDS);
      if (found.isSymbolicLink()) {
        String target = Files.readSymbolicLink(path).toString();
        return Optional.of(new StoredItem.Link(modified, found.size(), target));
      }
      if (found.isDirectory()) {
        return Optional.of(new StoredItem.Directory(modified, found.size()));
      }
      return found.isRegularFile()
          ? Optional.of(new StoredItem.File(modified, found.size()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path directoryOf(EntryPath place) {
    Path repository = of(place.repository());
    return place.tag().map(tag -> repository.resolve(tag.stored())).orElse(repository);
  }
}
