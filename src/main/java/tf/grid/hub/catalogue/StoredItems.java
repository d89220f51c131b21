package tf.grid.hub.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/** A view of the users directory that can follow links. */
public interface StoredItems {

  /** The maximum number of links to follow, as in operating systems. Detects cycles. */
  int MAX_HOPS = 40;

  /** Whether a repository exists. */
  boolean contains(RepositoryName repository);

  /** Returns the item at a path; empty if there is none, or none that belongs in a catalogue. */
  Optional<StoredItem> at(EntryPath place);

  /**
   * The stored names of the links in a tag.
   *
   * @return nothing if it does not exist
   * @throws java.io.UncheckedIOException if they cannot be read
   */
  Set<String> linksIn(RepositoryName repository, TagName tag);

  /**
   * Follows all links from a path.
   *
   * @return the final path and item, never a link; empty if a link is broken, leads outside of the
   *     users directory or into a cycle
   */
  default Optional<Followed> follow(EntryPath start) {
    EntryPath place = start;
    for (int hops = 0; hops <= MAX_HOPS; hops++) {
      StoredItem item = at(place).orElse(null);
      if (!(item instanceof StoredItem.Link link)) {
        EntryPath end = place;
        return Optional.ofNullable(item).map(found -> new Followed(end, found));
      }
      if (link.outside().isPresent()) {
        return Optional.of(new Followed(place, link.outside().get()));
      }
      Optional<EntryPath> next = place.follow(link.target());
      if (next.isEmpty()) {
        return Optional.empty();
      }
      place = next.get();
    }
    return Optional.empty();
  }

  /**
   * All paths along a chain of links: the start, and the target of each link, whether it exists or
   * not. Stops after {@link #MAX_HOPS} links.
   */
  default List<EntryPath> way(EntryPath start) {
    List<EntryPath> way = new ArrayList<>(List.of(start));
    Optional<EntryPath> next = next(start);
    while (next.isPresent() && way.size() <= MAX_HOPS) {
      way.add(next.get());
      next = next(next.get());
    }
    return way;
  }

  private Optional<EntryPath> next(EntryPath place) {
    return at(place)
        .filter(StoredItem.Link.class::isInstance)
        .flatMap(link -> place.follow(((StoredItem.Link) link).target()));
  }

  /**
   * The end of a chain of links.
   *
   * @param place where it is; of what is in no repository, the link that leads there
   * @param item what is there, never a link
   */
  record Followed(EntryPath place, StoredItem item) {}
}
