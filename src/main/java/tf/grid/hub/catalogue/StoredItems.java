package tf.grid.hub.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A view of the users directory in which links can be followed. */
@FunctionalInterface
public interface StoredItems {

  /** As many links in a row as operating systems follow; a circle is longer. */
  int MAX_HOPS = 40;

  /** What is at a place; empty if nothing is, or nothing that belongs into a catalogue. */
  Optional<StoredItem> at(EntryPath place);

  /**
   * What a place leads to once all links are followed.
   *
   * @return where that is and what is there, never a link; empty if the links end nowhere, outside
   *     of the users directory or in a circle
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
   * The places on the way along links: the start, and each that a link leads to, be anything there
   * or not. A circle ends after {@link #MAX_HOPS} links.
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
