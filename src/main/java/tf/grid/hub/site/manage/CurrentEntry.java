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

/** The flist, link, tag or tag link that the address of a page names. */
@RequestScoped
public class CurrentEntry {

  private final CurrentRequest asked;
  private final Listings listings;
  private final AccessControl access;
  private Snapshot now;
  private EntryRow row;
  private List<EntryPath> dependents;

  /** For the container's proxy. */
  protected CurrentEntry() {
    this(null, null, null);
  }

  /** Takes where to look, and who knows whom the visitor acts for. */
  @Inject
  public CurrentEntry(CurrentRequest asked, Listings listings, AccessControl access) {
    this.asked = asked;
    this.listings = listings;
    this.access = access;
  }

  /** Its repository. */
  RepositoryName repository() {
    return asked.repository();
  }

  /** What is known of it; the same during a request. */
  EntryRow row() {
    if (row == null) {
      now = listings.current().snapshot();
      String key = asked.text("manage");
      row =
          now.entries(repository()).orElse(List.of()).stream()
              .filter(entry -> EntryRow.key(entry).equals(key))
              .map(entry -> EntryRow.of(now, repository(), Optional.empty(), entry))
              .findFirst()
              .orElseThrow(() -> PageNotFoundException.of("entry", repository() + "/" + key));
    }
    return row;
  }

  /** Where it is. */
  EntryPath place() {
    return isTag()
        ? EntryPath.of(repository(), new TagName(row().name()))
        : new EntryPath(repository(), Optional.empty(), row().name());
  }

  /** Whether it is a tag itself. */
  boolean isTag() {
    return row().kind().equals("tag");
  }

  /** Whether it is a link to a tag. */
  boolean isTagLink() {
    return row().kind().equals("tag link");
  }

  /** Whether the visitor acts for the account that it belongs to. */
  boolean isOwn() {
    return access.current().filter(own -> own.value().equals(repository().value())).isPresent();
  }

  /** What leads to something through it. */
  List<EntryPath> dependents() {
    if (dependents == null) {
      EntryPath place = place();
      dependents = now.linksThrough(List.of(place));
    }
    return dependents;
  }

  /** Where all links end that begin here; here, if they lead nowhere. */
  EntryPath end() {
    EntryPath place = place();
    return now.follow(place).map(Followed::place).orElse(place);
  }

  /** What is in it, if it is a tag. */
  List<ListingEntry> entries() {
    return isTag()
        ? now.entries(repository(), new TagName(row().name())).orElse(List.of())
        : List.of();
  }

  /** Whether there is something of this stored name beside it. */
  boolean hasBeside(String stored) {
    EntryPath place = place();
    return now.at(new EntryPath(place.repository(), Optional.empty(), stored)).isPresent();
  }

  /** Whether the address or a form says something besides. */
  boolean has(String parameter) {
    return asked.has(parameter);
  }
}
