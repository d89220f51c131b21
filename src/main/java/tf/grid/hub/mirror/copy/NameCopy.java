package tf.grid.hub.mirror.copy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.OpenRepository;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.UsersDirectory;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * Collects the differences of names in a repository, and makes them in one change. Links may lead
 * to what does not exist. For a single use by one thread.
 */
final class NameCopy {
  private final Catalogue catalogue;
  private final RepositoryName repository;
  private final Path directory;
  private final List<Step> steps = new ArrayList<>();

  NameCopy(Catalogue catalogue, RepositoryName repository) {
    this.catalogue = catalogue;
    this.repository = repository;
    this.directory = catalogue.users().of(repository);
  }

  private interface Step {
    void in(OpenRepository open) throws IOException;
  }

  /** Whether the repository has a flist with this name that is a file. */
  boolean hasFile(String name) {
    return UsersDirectory.look(directory.resolve(name))
        .filter(StoredItem.File.class::isInstance)
        .isPresent();
  }

  boolean hasTag(TagName tag) {
    return Files.isDirectory(catalogue.users().of(repository, tag), LinkOption.NOFOLLOW_LINKS);
  }

  /** Requires a link with this text. */
  void link(String name, String text) {
    if (!isLink(directory.resolve(name), text)) {
      steps.add(open -> open.link(name, text));
    }
  }

  /** Requires a link with this text in a tag. */
  void link(TagName tag, FlistName name, String text) {
    if (!isLink(catalogue.users().of(repository, tag).resolve(name.stored()), text)) {
      steps.add(open -> open.link(tag, name, text));
    }
  }

  private static boolean isLink(Path path, String text) {
    return UsersDirectory.look(path).orElse(null) instanceof StoredItem.Link link
        && link.target().equals(text);
  }

  /** Requires that a tag has no other entries than these; without any, that it does not exist. */
  void keepOnly(TagName tag, Set<String> names) throws IOException {
    if (names.isEmpty()) {
      removeTag(tag);
      return;
    }
    Set<String> others = namesIn(catalogue.users().of(repository, tag));
    others.removeAll(names);
    others.forEach(name -> steps.add(open -> open.remove(tag, name)));
  }

  private static Set<String> namesIn(Path tag) throws IOException {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(tag, Files::isSymbolicLink)) {
      links.forEach(link -> names.add(link.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException none) {
      return names;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /** Requires that there is no flist, link or tag with this stored name. */
  void remove(String name) {
    Optional<TagName> tag = TagName.ofStored(name);
    if (tag.isPresent()) {
      removeTag(tag.get());
    } else if (UsersDirectory.look(directory.resolve(name))
        .filter(item -> !(item instanceof StoredItem.Directory))
        .isPresent()) {
      steps.add(open -> open.remove(name));
    }
  }

  private void removeTag(TagName tag) {
    if (hasTag(tag)) {
      steps.add(open -> open.remove(tag));
    }
  }

  /**
   * Makes the changes, and the repository if it is missing.
   *
   * @return the number of changes
   */
  int apply() throws IOException {
    if (!steps.isEmpty() || !catalogue.users().contains(repository)) {
      catalogue.changeOrMake(
          repository,
          open -> {
            for (Step step : steps) {
              step.in(open);
            }
            return open;
          });
    }
    return steps.size();
  }
}
