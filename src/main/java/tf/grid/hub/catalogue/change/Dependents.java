package tf.grid.hub.catalogue.change;

import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.listing.Listings;

/**
 * Finds the links that a change concerns, without a look at the whole disk: what led through a
 * place is known from the listings, and only that is looked at again. Threads may share it.
 */
public final class Dependents {

  /** Links that an answer names; of more, only the number is told. */
  static final int MOST_NAMED = 100;

  private final Catalogue catalogue;
  private final Listings listings;

  /** Dependents in a catalogue. */
  public Dependents(Catalogue catalogue, Listings listings) {
    this.catalogue = catalogue;
    this.listings = listings;
  }

  /** The links that lead to something through one of these places; ask before the change. */
  List<EntryPath> through(EntryPath... places) {
    return listings.current().snapshot().linksThrough(List.of(places));
  }

  /** What has become of them. */
  Effect effectOn(List<EntryPath> links) {
    List<EntryPath> broken = new ArrayList<>();
    List<EntryPath> redirected = new ArrayList<>();
    for (EntryPath link : links) {
      (catalogue.users().follow(link).isEmpty() ? broken : redirected).add(link);
    }
    List<EntryPath> named = first(broken, MOST_NAMED);
    List<EntryPath> alsoNamed = first(redirected, MOST_NAMED - named.size());
    return new Effect(named, alsoNamed, links.size() - named.size() - alsoNamed.size());
  }

  private static List<EntryPath> first(List<EntryPath> links, int most) {
    return List.copyOf(links.subList(0, Math.min(most, links.size())));
  }
}
