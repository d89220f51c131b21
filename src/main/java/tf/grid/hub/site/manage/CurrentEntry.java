package tf.grid.hub.site.manage;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItems.Followed;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.site.catalogue.CurrentRequest;
import tf.grid.hub.site.catalogue.EntryRow;

/** The flist, link, tag or tag link in the URL of a page. */
@RequestScoped
public class CurrentEntry {

  private final CurrentRequest current;
  private final Listings listings;
  private final AccessControl access;
  private Snapshot now;
  private EntryRow row;
  private List<EntryPath> dependents;

  protected CurrentEntry() {
    this(null, null, null);
  }

  @Inject
  public CurrentEntry(CurrentRequest current, Listings listings, AccessControl access) {
    this.current = current;
    this.listings = listings;
    this.access = access;
  }

  RepositoryName repository() {
    return current.repository();
  }

  /** Its listing entry, cached for the request. */
  EntryRow row() {
    if (row == null) {
      now = listings.current().snapshot();
      String key = current.text("manage");
      row =
          now.entries(repository()).orElse(List.of()).stream()
              .filter(entry -> EntryRow.key(entry).equals(key))
              .map(entry -> EntryRow.of(now, repository(), Optional.empty(), entry, place -> -1))
              .findFirst()
              .orElseThrow(() -> PageNotFoundException.of("entry", repository() + "/" + key));
    }
    return row;
  }

  EntryPath place() {
    return isTag()
        ? EntryPath.of(repository(), new TagName(row().name()))
        : new EntryPath(repository(), Optional.empty(), row().name());
  }

  /** Whether it is a tag, not a link to one. */
  boolean isTag() {
    return row().kind().equals("tag");
  }

  boolean isTagLink() {
    return row().kind().equals("tag link");
  }

  /** Whether it belongs to the account that the visitor acts for. */
  boolean isOwn() {
    return access.current().filter(own -> own.value().equals(repository().value())).isPresent();
  }

  /** The links that depend on it. */
  List<EntryPath> dependents() {
    if (dependents == null) {
      EntryPath place = place();
      dependents = now.linksThrough(List.of(place));
    }
    return dependents;
  }

  /** The final target of the link, or the link itself if it is broken. */
  EntryPath end() {
    EntryPath place = place();
    return now.follow(place).map(Followed::place).orElse(place);
  }

  /** The entries of a tag. */
  List<ListingEntry> entries() {
    return isTag()
        ? now.entries(repository(), new TagName(row().name())).orElse(List.of())
        : List.of();
  }

  /** Whether its repository has an item with this stored name. */
  boolean hasBeside(String stored) {
    EntryPath place = place();
    return now.at(new EntryPath(place.repository(), Optional.empty(), stored)).isPresent();
  }

  /** Whether the URL or the form has a parameter. */
  boolean has(String parameter) {
    return current.has(parameter);
  }
}
