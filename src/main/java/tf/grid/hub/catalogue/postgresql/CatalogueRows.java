package tf.grid.hub.catalogue.postgresql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.StoredItems;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.shared.SharedCatalogue.SharedFlist;

/**
 * All names at one moment. Immutable.
 *
 * @param number of the last change
 * @param contents of all repositories
 * @param versions of the flists that are files, by repository and stored name
 */
record CatalogueRows(
    long number,
    SortedMap<RepositoryName, RepositoryContent> contents,
    Map<RepositoryName, Map<String, DatabaseVersion>> versions)
    implements StoredItems {

  @Override
  public boolean contains(RepositoryName repository) {
    return contents.containsKey(repository);
  }

  @Override
  public Optional<StoredItem> at(EntryPath place) {
    return Optional.ofNullable(contents.get(place.repository()))
        .map(content -> place.tag().map(content.tags()::get).orElse(content.items()))
        .map(items -> items.get(place.name()));
  }

  @Override
  public Set<String> linksIn(RepositoryName repository, TagName tag) {
    return Optional.ofNullable(contents.get(repository))
        .map(content -> content.tags().get(tag))
        .map(links -> links.keySet())
        .orElse(Set.of());
  }

  /** All flists that are files. */
  List<SharedFlist> flists() {
    Set<EntryPath> linked = new HashSet<>();
    contents.forEach(
        (repository, content) -> {
          follow(repository, Optional.empty(), content.items().keySet(), linked);
          content
              .tags()
              .forEach(
                  (tag, links) -> follow(repository, Optional.of(tag), links.keySet(), linked));
        });
    List<SharedFlist> flists = new ArrayList<>();
    versions.forEach(
        (repository, files) ->
            files.forEach(
                (stored, version) ->
                    FlistName.ofStored(stored)
                        .map(
                            name ->
                                new SharedFlist(
                                    repository,
                                    name,
                                    version,
                                    linked.contains(EntryPath.of(repository, name))))
                        .ifPresent(flists::add)));
    return flists;
  }

  private void follow(
      RepositoryName repository, Optional<TagName> tag, Set<String> names, Set<EntryPath> linked) {
    for (String name : names) {
      EntryPath place = new EntryPath(repository, tag, name);
      follow(place).map(Followed::place).filter(end -> !end.equals(place)).ifPresent(linked::add);
    }
  }

  /** The version of a flist that is a file. */
  Optional<DatabaseVersion> version(EntryPath place) {
    return Optional.ofNullable(versions.get(place.repository()))
        .filter(found -> place.tag().isEmpty())
        .map(found -> found.get(place.name()));
  }
}
