package tf.grid.hub.catalogue.directory;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.name.CodePointOrder;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * The result of scanning a repository and its tags.
 *
 * @param content the items found
 * @param directory the scan of the repository's directory
 * @param tags the scans of its tags
 */
record RepositoryScan(
    RepositoryContent content, DirectoryScan directory, Map<TagName, DirectoryScan> tags) {

  /** Scans a repository; empty if it does not exist. */
  static Optional<RepositoryScan> at(UsersDirectory users, RepositoryName name, long nowMillis) {
    Path path = users.of(name);
    return DirectoryScan.at(path, entry -> users.look(name, Optional.empty(), entry), nowMillis)
        .map(found -> of(users, name, found, nowMillis));
  }

  /** Whether no item was added to or removed from the repository and its tags since the scan. */
  boolean isCurrent(UsersDirectory users, RepositoryName name) {
    return directory.isCurrent(users.of(name))
        && tags.entrySet().stream()
            .allMatch(tag -> tag.getValue().isCurrent(users.of(name, tag.getKey())));
  }

  private static RepositoryScan of(
      UsersDirectory users, RepositoryName repository, DirectoryScan directory, long nowMillis) {
    SortedMap<String, StoredItem> items = new TreeMap<>(CodePointOrder.COMPARATOR);
    Map<TagName, DirectoryScan> tags = new HashMap<>();
    directory
        .items()
        .forEach(
            (name, item) -> {
              if (belongs(name, item)) {
                items.put(name, item);
              }
            });
    for (String name : items.keySet()) {
      TagName.ofStored(name)
          .ifPresent(
              tag ->
                  DirectoryScan.at(
                          users.of(repository, tag),
                          entry -> users.look(repository, Optional.of(tag), entry),
                          nowMillis)
                      .ifPresent(look -> tags.put(tag, look)));
    }
    RepositoryContent content =
        new RepositoryContent(
            directory.stamp().to(TimeUnit.SECONDS),
            Collections.unmodifiableSortedMap(items),
            linksOf(tags));
    return new RepositoryScan(content, directory, tags);
  }

  private static Map<TagName, SortedMap<String, StoredItem>> linksOf(
      Map<TagName, DirectoryScan> tags) {
    Map<TagName, SortedMap<String, StoredItem>> links = new HashMap<>();
    tags.forEach(
        (tag, look) -> {
          SortedMap<String, StoredItem> entries = new TreeMap<>(look.items());
          entries.entrySet().removeIf(entry -> !isLink(entry.getKey(), entry.getValue()));
          links.put(tag, Collections.unmodifiableSortedMap(entries));
        });
    return links;
  }

  private static boolean belongs(String name, StoredItem item) {
    if (item instanceof StoredItem.Directory) {
      return TagName.ofStored(name).isPresent();
    }
    return FlistName.ofStored(name).isPresent() || isLink(name, item);
  }

  private static boolean isLink(String name, StoredItem item) {
    return item instanceof StoredItem.Link
        && (FlistName.ofStored(name).isPresent() || TagLinkName.ofStored(name).isPresent());
  }
}
