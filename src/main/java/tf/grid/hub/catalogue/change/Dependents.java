package tf.grid.hub.catalogue.change;

import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.listing.Listings;

/**
 * Finds the links affected by a change without scanning the disk: links through a path are known
 * from the listings, and only those are checked again. Thread-safe.
 */
public final class Dependents {

  /** Maximum number of links listed in a response; further ones are only counted. */
  static final int MOST_NAMED = 100;

  private final Catalogue catalogue;
  private final Listings listings;

  public Dependents(Catalogue catalogue, Listings listings) {
    this.catalogue = catalogue;
    this.listings = listings;
  }

  /** Returns the links that depend on any of these paths; call before the change. */
  List<EntryPath> through(EntryPath... places) {
    return listings.current().snapshot().linksThrough(List.of(places));
  }

  /** Returns the effect of the change on these links. */
  Effect effectOn(List<EntryPath> links) {
    List<EntryPath> broken = new ArrayList<>();
    List<EntryPath> redirected = new ArrayList<>();
    for (EntryPath link : links) {
      (catalogue.items().follow(link).isEmpty() ? broken : redirected).add(link);
    }
    List<EntryPath> named = first(broken, MOST_NAMED);
    List<EntryPath> alsoNamed = first(redirected, MOST_NAMED - named.size());
    return new Effect(named, alsoNamed, links.size() - named.size() - alsoNamed.size());
  }

  private static List<EntryPath> first(List<EntryPath> links, int most) {
    return List.copyOf(links.subList(0, Math.min(most, links.size())));
  }
}
