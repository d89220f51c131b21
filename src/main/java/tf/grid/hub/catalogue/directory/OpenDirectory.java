package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tf.grid.hub.catalogue.OpenRepository;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.event.CatalogueEvent.Deleted;
import tf.grid.hub.catalogue.event.CatalogueEvent.Linked;
import tf.grid.hub.catalogue.event.CatalogueEvent.Renamed;
import tf.grid.hub.catalogue.event.CatalogueEvent.TagChanged;
import tf.grid.hub.catalogue.name.CatalogueException.LinkNotFollowedException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * A repository in a directory. Each method is atomic for readers and in case of a crash; {@link
 * DirectoryCatalogue#change} makes all steps durable.
 */
final class OpenDirectory implements OpenRepository {

  private final RepositoryName repository;
  private final Path directory;
  private final UsersDirectory users;
  private final List<CatalogueEvent> events = new ArrayList<>();

  OpenDirectory(RepositoryName repository, Path directory, UsersDirectory users) {
    this.repository = repository;
    this.directory = directory;
    this.users = users;
  }

  /** What has been done so far. */
  List<CatalogueEvent> events() {
    return events;
  }

  @Override
  public Optional<StoredItem> at(String name) {
    Path path = directory.resolve(name);
    return UsersDirectory.look(TagName.ofStored(name).isPresent() ? users.followed(path) : path);
  }

  @Override
  public Optional<StoredItem> at(TagName tag, String name) {
    return hasTag(tag) ? UsersDirectory.look(inside(tag).resolve(name)) : Optional.empty();
  }

  @Override
  public void link(String name, String text) throws IOException {
    link(directory.resolve(name), text, temporary());
    events.add(new Linked(repository, name, text));
  }

  private static void link(Path path, String text, Path temporary) throws IOException {
    try {
      Files.createSymbolicLink(temporary, Path.of(text));
      move(temporary, path);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void link(TagName tag, FlistName name, String text) throws IOException {
    if (hasTag(tag)) {
      Path inside = inside(tag);
      // A tag that is a link may be on another disk.
      Path temporary = isLinked(tag) ? temporaryIn(inside) : temporary();
      link(inside.resolve(name.stored()), text, temporary);
      NewFile.sync(inside);
      events.add(new TagChanged(repository, tag));
      return;
    }
    if (isLinked(tag)) {
      throw LinkNotFollowedException.of(tag);
    }
    Path whole = Files.createDirectory(temporary());
    try {
      Files.createSymbolicLink(whole.resolve(name.stored()), Path.of(text));
      NewFile.sync(whole);
      move(whole, inside(tag));
      events.add(new TagChanged(repository, tag));
    } finally {
      TemporaryFiles.remove(whole);
    }
  }

  @Override
  public void remove(String name) throws IOException {
    Files.delete(directory.resolve(name));
    events.add(new Deleted(repository, name));
  }

  @Override
  public boolean remove(TagName tag, String name) throws IOException {
    if (isLinked(tag)) {
      Files.delete(inside(tag).resolve(name));
      NewFile.sync(inside(tag));
      events.add(new TagChanged(repository, tag));
      return false;
    }
    boolean last = namesIn(tag).equals(List.of(name));
    Path temporary = temporary();
    // Renamed through this directory, so that its modification time changes.
    move(last ? inside(tag) : inside(tag).resolve(name), temporary);
    events.add(new TagChanged(repository, tag));
    try {
      if (!last) {
        NewFile.sync(inside(tag));
      }
    } finally {
      TemporaryFiles.remove(temporary);
    }
    return last;
  }

  @Override
  public void remove(TagName tag) throws IOException {
    Path temporary = temporary();
    move(directory.resolve(tag.stored()), temporary);
    events.add(new TagChanged(repository, tag));
    TemporaryFiles.remove(temporary);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    move(directory.resolve(from), directory.resolve(to));
    if (!from.equals(to)) {
      // Renaming a file onto a hard link of itself leaves both names.
      Files.deleteIfExists(directory.resolve(from));
      events.add(new Renamed(repository, from, to));
    }
  }

  private boolean hasTag(TagName tag) {
    return Files.isDirectory(inside(tag), LinkOption.NOFOLLOW_LINKS);
  }

  private List<String> namesIn(TagName tag) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(inside(tag))) {
      paths.forEach(path -> names.add(path.getFileName().toString()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  private Path inside(TagName tag) {
    return users.followed(directory.resolve(tag.stored()));
  }

  private boolean isLinked(TagName tag) {
    return Files.isSymbolicLink(directory.resolve(tag.stored()));
  }

  private Path temporary() {
    return temporaryIn(directory);
  }

  private static Path temporaryIn(Path place) {
    return place.resolve(NewFile.PREFIX + UUID.randomUUID());
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
