package tf.grid.hub.mirror.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.OpenRepository;
import tf.grid.hub.catalogue.StoredItem;
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
  private final List<Step> steps = new ArrayList<>();

  NameCopy(Catalogue catalogue, RepositoryName repository) {
    this.catalogue = catalogue;
    this.repository = repository;
  }

  private interface Step {
    void in(OpenRepository open) throws IOException;
  }

  /** Whether the repository has a flist with this name that is a file. */
  boolean hasFile(String name) {
    return at(Optional.empty(), name).filter(StoredItem.File.class::isInstance).isPresent();
  }

  boolean hasTag(TagName tag) {
    return at(Optional.empty(), tag.stored())
        .filter(StoredItem.Directory.class::isInstance)
        .isPresent();
  }

  /** Requires a link with this text. */
  void link(String name, String text) {
    if (!isLink(Optional.empty(), name, text)) {
      steps.add(open -> open.link(name, text));
    }
  }

  /** Requires a link with this text in a tag. */
  void link(TagName tag, FlistName name, String text) {
    if (!isLink(Optional.of(tag), name.stored(), text)) {
      steps.add(open -> open.link(tag, name, text));
    }
  }

  private boolean isLink(Optional<TagName> tag, String name, String text) {
    return at(tag, name).orElse(null) instanceof StoredItem.Link link && link.target().equals(text);
  }

  private Optional<StoredItem> at(Optional<TagName> tag, String name) {
    return catalogue.items().at(new EntryPath(repository, tag, name));
  }

  /** Requires that a tag has no other entries than these; without any, that it does not exist. */
  void keepOnly(TagName tag, Set<String> names) throws IOException {
    if (names.isEmpty()) {
      removeTag(tag);
      return;
    }
    Set<String> others = new HashSet<>(linksIn(tag));
    others.removeAll(names);
    others.forEach(name -> steps.add(open -> open.remove(tag, name)));
  }

  private Set<String> linksIn(TagName tag) throws IOException {
    try {
      return catalogue.items().linksIn(repository, tag);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Requires that there is no flist, link or tag with this stored name. */
  void remove(String name) {
    Optional<TagName> tag = TagName.ofStored(name);
    if (tag.isPresent()) {
      removeTag(tag.get());
    } else if (at(Optional.empty(), name)
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
    if (!steps.isEmpty() || !catalogue.items().contains(repository)) {
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
