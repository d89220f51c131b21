package tf.grid.hub.catalogue.listing;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.StoredItems;
import tf.grid.hub.catalogue.name.CodePointOrder;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/**
 * A snapshot of the whole catalogue. Links are resolved in the snapshot, not on disk. Immutable.
 */
public final class Snapshot implements StoredItems {

  private final SortedMap<RepositoryName, RepositoryContent> repositories;

  Snapshot(SortedMap<RepositoryName, RepositoryContent> repositories) {
    this.repositories = repositories;
  }

  /** Whether the snapshot has this content. */
  boolean isOf(SortedMap<RepositoryName, RepositoryContent> contents) {
    return repositories.equals(contents);
  }

  /** The repositories in code point order. */
  public Set<RepositoryName> repositories() {
    return repositories.keySet();
  }

  /** Modification time of a repository in Unix seconds. */
  public long updated(RepositoryName repository) {
    return repositories.get(repository).modified();
  }

  /** Number of flists and links to flists in a repository. */
  public long flists(RepositoryName repository) {
    return repositories.get(repository).items().keySet().stream()
        .filter(name -> name.endsWith(FlistName.SUFFIX))
        .count();
  }

  /** Shows the flists of all repositories that are files, not links. */
  void files(FileVisitor visitor) {
    repositories.forEach(
        (repository, content) ->
            content
                .items()
                .forEach(
                    (name, item) -> {
                      if (item instanceof StoredItem.File file) {
                        visitor.file(repository, name, file);
                      }
                    }));
  }

  /** Is shown flists. */
  interface FileVisitor {
    void file(RepositoryName repository, String name, StoredItem.File file);
  }

  /** The flists, links, tags and tag links of a repository; empty if it does not exist. */
  public Optional<List<ListingEntry>> entries(RepositoryName repository) {
    return Optional.ofNullable(repositories.get(repository))
        .map(content -> entries(repository, Optional.empty(), content.items()));
  }

  /** The links in a tag; empty if it does not exist. */
  public Optional<List<ListingEntry>> entries(RepositoryName repository, TagName tag) {
    return Optional.ofNullable(repositories.get(repository))
        .map(content -> content.tags().get(tag))
        .map(links -> entries(repository, Optional.of(tag), links));
  }

  /** The stored names of the entries returned by {@link #entries(RepositoryName)}. */
  List<String> storedNames(RepositoryName repository) {
    SortedMap<String, StoredItem> items = repositories.get(repository).items();
    return items.entrySet().stream()
        .filter(
            item ->
                entry(new EntryPath(repository, Optional.empty(), item.getKey()), item.getValue())
                    .isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public boolean contains(RepositoryName repository) {
    return repositories.containsKey(repository);
  }

  @Override
  public Set<String> linksIn(RepositoryName repository, TagName tag) {
    return Optional.ofNullable(repositories.get(repository))
        .map(content -> content.tags().get(tag))
        .map(links -> links.keySet())
        .orElse(Set.of());
  }

  @Override
  public Optional<StoredItem> at(EntryPath place) {
    return Optional.ofNullable(repositories.get(place.repository()))
        .map(content -> place.tag().map(content.tags()::get).orElse(content.items()))
        .map(items -> items.get(place.name()));
  }

  /**
   * Returns the links that depend on any of these paths, without the paths themselves, in the order
   * of the listings.
   */
  public List<EntryPath> linksThrough(Collection<EntryPath> places) {
    Set<EntryPath> through = new HashSet<>(places);
    int before = 0;
    for (int hops = 0; before < through.size() && hops < MAX_HOPS; hops++) {
      before = through.size();
      addLinksTo(through);
    }
    through.removeAll(places);
    return through.stream()
        .filter(link -> follow(link).isPresent())
        .sorted(Comparator.comparing(EntryPath::shown, CodePointOrder.COMPARATOR))
        .toList();
  }

  private void addLinksTo(Set<EntryPath> places) {
    // Most links can be excluded by the end of their text alone.
    Set<String> names = places.stream().map(EntryPath::name).collect(Collectors.toSet());
    repositories.forEach(
        (repository, content) -> {
          addLinks(repository, Optional.empty(), content.items(), names, places);
          content
              .tags()
              .forEach(
                  (tag, links) -> addLinks(repository, Optional.of(tag), links, names, places));
        });
  }

  private static void addLinks(
      RepositoryName repository,
      Optional<TagName> tag,
      SortedMap<String, StoredItem> items,
      Set<String> names,
      Set<EntryPath> places) {
    items.forEach(
        (name, item) -> {
          if (item instanceof StoredItem.Link link && names.contains(lastPart(link.target()))) {
            EntryPath place = new EntryPath(repository, tag, name);
            if (place.follow(link.target()).filter(places::contains).isPresent()) {
              places.add(place);
            }
          }
        });
  }

  private List<ListingEntry> entries(
      RepositoryName repository, Optional<TagName> tag, SortedMap<String, StoredItem> items) {
    return items.entrySet().stream()
        .flatMap(
            item -> entry(new EntryPath(repository, tag, item.getKey()), item.getValue()).stream())
        .toList();
  }

  private Optional<ListingEntry> entry(EntryPath place, StoredItem item) {
    String name = place.name();
    if (item instanceof StoredItem.File file) {
      return Optional.of(new ListingEntry.Regular(name, file.size(), file.modified()));
    }
    if (item instanceof StoredItem.Link link) {
      return name.endsWith(FlistName.SUFFIX) || place.tag().isPresent()
          ? Optional.of(flistLink(place, link))
          : tagLink(place, link);
    }
    return TagName.ofStored(name).map(tag -> new ListingEntry.Tag(tag.value(), item.modified()));
  }

  private ListingEntry flistLink(EntryPath place, StoredItem.Link link) {
    StoredItem end =
        follow(place)
            .map(Followed::item)
            .filter(item -> !(item instanceof StoredItem.Directory))
            .orElse(link);
    return new ListingEntry.SymbolicLink(
        place.name(), end.size(), end.modified(), link.modified(), target(place, link.target()));
  }

  /** A link without suffix that does not point to a tag path does not belong to the catalogue. */
  private Optional<ListingEntry> tagLink(EntryPath place, StoredItem.Link link) {
    Optional<Followed> end =
        follow(place).filter(found -> found.item() instanceof StoredItem.Directory);
    return end.map(Followed::place)
        .or(() -> place.follow(link.target()))
        .flatMap(
            goal -> TagName.ofStored(goal.name()).map(tag -> goal.repository() + "/tags/" + tag))
        .map(
            target -> {
              StoredItem seen = end.map(Followed::item).orElse(link);
              return new ListingEntry.TagLink(
                  place.name(), seen.size(), seen.modified(), link.modified(), target);
            });
  }

  /** The displayed target of a link; only the file name for a target outside of the catalogue. */
  private static String target(EntryPath place, String text) {
    if (text.indexOf('/') < 0 && place.tag().isEmpty()) {
      return text;
    }
    return place.follow(text).map(EntryPath::shown).orElseGet(() -> lastPart(text));
  }

  private static String lastPart(String text) {
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
