package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.StoredItems;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * The users directory as it is on disk at each moment. Thread-safe.
 *
 * <p>What requests name is never followed by the system: the last component is always looked at
 * with {@link LinkOption#NOFOLLOW_LINKS}, and those before it have to be directories themselves. A
 * repository or tag may be a link that an operator made: its directory is then the end of that, if
 * {@link LinkTargets} allow it.
 */
public final class UsersDirectory implements StoredItems {

  private final Path root;
  private final LinkTargets targets;

  /** The directory at this path, which need not exist yet; no link may lead out of it. */
  public UsersDirectory(Path root) {
    this(root, List.of(root));
  }

  /**
   * The same.
   *
   * @param targets directories in which links may end
   */
  public UsersDirectory(Path root, List<Path> targets) {
    this.root = root.toAbsolutePath().normalize();
    this.targets = new LinkTargets(targets);
  }

  public Path root() {
    return root;
  }

  /** The path of a repository, which need not exist. */
  public Path of(RepositoryName repository) {
    return followed(root.resolve(repository.value()));
  }

  /** The path of a tag, which need not exist. */
  public Path of(RepositoryName repository, TagName tag) {
    return followed(of(repository).resolve(tag.stored()));
  }

  /** The end of a link to a directory that is allowed; any other path is returned as it is. */
  Path followed(Path directory) {
    return Files.isSymbolicLink(directory)
        ? targets.directory(directory).orElse(directory)
        : directory;
  }

  /** The path of an entry, which need not exist. */
  public Path of(EntryPath place) {
    return directoryOf(place).resolve(place.name());
  }

  /** A link to a directory that is not allowed is no repository. */
  @Override
  public boolean contains(RepositoryName repository) {
    return Files.isDirectory(of(repository), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Set<String> linksIn(RepositoryName repository, TagName tag) {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> links =
        Files.newDirectoryStream(of(repository, tag), Files::isSymbolicLink)) {
      links.forEach(link -> names.add(link.getFileName().toString()));
      return names;
    } catch (NoSuchFileException | NotDirectoryException none) {
      return Set.of();
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<StoredItem> at(EntryPath place) {
    boolean reachable =
        contains(place.repository())
            && (place.tag().isEmpty()
                || Files.isDirectory(directoryOf(place), LinkOption.NOFOLLOW_LINKS));
    return reachable ? look(place.repository(), place.tag(), of(place)) : Optional.empty();
  }

  /**
   * What is in a repository or tag, where links that people made are like those of the hub.
   *
   * @param path of the entry, whose directory the caller knows to be no link
   * @return empty if unknowable
   */
  public Optional<StoredItem> look(RepositoryName repository, Optional<TagName> tag, Path path) {
    EntryPath place = new EntryPath(repository, tag, path.getFileName().toString());
    return look(path)
        .map(item -> item instanceof StoredItem.Link link ? understood(link, place, path) : item);
  }

  /** Links of the hub lead from the directory they seem to be in; others may lead anywhere. */
  private StoredItem understood(StoredItem.Link link, EntryPath place, Path path) {
    if (place.tag().isEmpty() && TagName.ofStored(place.name()).isPresent()) {
      return targets.directory(path).flatMap(UsersDirectory::look).orElse(link);
    }
    StoredItem.Link relative = relative(link, namedDirectory(place));
    return place.follow(relative.target()).isPresent()
        ? relative
        : targets.file(path).flatMap(UsersDirectory::outside).map(link::leadingTo).orElse(link);
  }

  /** The link with a text that never leaves the users directory, if it leads to a place in it. */
  private StoredItem.Link relative(StoredItem.Link link, Path directory) {
    if (!link.target().startsWith("/") && staysInside(directory, link.target())) {
      return link;
    }
    Path goal = directory.resolve(link.target()).normalize();
    return Stream.of(Optional.of(root), LinkTargets.real(root))
        .flatMap(Optional::stream)
        .filter(goal::startsWith)
        .map(users -> directory.relativize(root.resolve(users.relativize(goal))))
        .findFirst()
        .map(text -> new StoredItem.Link(link.modified(), link.size(), text.toString()))
        .orElse(link);
  }

  private static Optional<StoredItem.Outside> outside(Path file) {
    return look(file)
        .filter(StoredItem.File.class::isInstance)
        .map(item -> new StoredItem.Outside(file, item.modified(), item.size()));
  }

  /** Whether a way never leaves the users directory, not even to come back. */
  private boolean staysInside(Path directory, String way) {
    int depth = root.relativize(directory).getNameCount();
    for (Path part : Path.of(way)) {
      depth += part.toString().equals("..") ? -1 : part.toString().equals(".") ? 0 : 1;
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the item at a path whose parent is known not to be a link; empty if it is missing or
   * inaccessible.
   */
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
    return place
        .tag()
        .map(tag -> of(place.repository(), tag))
        .orElseGet(() -> of(place.repository()));
  }

  /** The directory by its name only, without following links. */
  private Path namedDirectory(EntryPath place) {
    Path repository = root.resolve(place.repository().value());
    return place.tag().map(tag -> repository.resolve(tag.stored())).orElse(repository);
  }
}
