package tf.grid.hub.catalogue;

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
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * A repository whose names the current thread alone may change. Each method is one step for whoever
 * looks, and for a crash; {@link Catalogue#change} makes all steps durable. Names are those on disk
 * and have been validated; no link is followed.
 */
public final class OpenRepository {

  private final Path directory;

  OpenRepository(Path directory) {
    this.directory = directory;
  }

  /** What has a name; empty if nothing has. */
  public Optional<StoredItem> at(String name) {
    return UsersDirectory.look(directory.resolve(name));
  }

  /** What has a name in a tag; empty if nothing has, or there is no such tag. */
  public Optional<StoredItem> at(TagName tag, String name) {
    return hasTag(tag) ? UsersDirectory.look(inside(tag).resolve(name)) : Optional.empty();
  }

  /** Puts a symbolic link in place of what has the name, if anything has. */
  public void link(String name, String text) throws IOException {
    Path temporary = temporary();
    try {
      Files.createSymbolicLink(temporary, Path.of(text));
      move(temporary, directory.resolve(name));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Puts a symbolic link into a tag, which is made with it when missing. */
  public void link(TagName tag, FlistName name, String text) throws IOException {
    if (hasTag(tag)) {
      link(tag.stored() + "/" + name.stored(), text);
      NewFile.sync(inside(tag));
      return;
    }
    Path whole = Files.createDirectory(temporary());
    try {
      Files.createSymbolicLink(whole.resolve(name.stored()), Path.of(text));
      NewFile.sync(whole);
      move(whole, inside(tag));
    } finally {
      TemporaryFiles.remove(whole);
    }
  }

  /** Removes a flist or a link. */
  public void remove(String name) throws IOException {
    Files.delete(directory.resolve(name));
  }

  /**
   * Removes what has a name in a tag, and with the last one the tag.
   *
   * @return whether the tag is gone
   */
  public boolean remove(TagName tag, String name) throws IOException {
    boolean last = namesIn(tag).equals(List.of(name));
    Path temporary = temporary();
    // Through this directory, so that its time of change moves.
    move(last ? inside(tag) : inside(tag).resolve(name), temporary);
    try {
      if (!last) {
        NewFile.sync(inside(tag));
      }
    } finally {
      TemporaryFiles.remove(temporary);
    }
    return last;
  }

  /** Removes a tag with all that is in it. */
  public void remove(TagName tag) throws IOException {
    Path temporary = temporary();
    move(inside(tag), temporary);
    TemporaryFiles.remove(temporary);
  }

  /** Gives a flist or link another name, in place of what has that. */
  public void rename(String from, String to) throws IOException {
    move(directory.resolve(from), directory.resolve(to));
    if (!from.equals(to)) {
      // Two names of one file: the system leaves both.
      Files.deleteIfExists(directory.resolve(from));
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
    return directory.resolve(tag.stored());
  }

  private Path temporary() {
    return directory.resolve(NewFile.PREFIX + UUID.randomUUID());
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
