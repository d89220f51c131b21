package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.StoredItems.Followed;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/** What is in one tag, at its own address or at that of a link to it. */
@Named("tag")
@RequestScoped
public class TagView {

  private static final int ROWS = 100;

  private final Listings listings;
  private final CurrentRequest asked;
  private RepositoryName repository;
  private String name;
  private String key;
  private EntryPath place;
  private ResultPage<EntryRow> sheet;

  /** For the container's proxy. */
  protected TagView() {
    this(null, null);
  }

  /** Takes what there is. */
  @Inject
  public TagView(Listings listings, CurrentRequest asked) {
    this.listings = listings;
    this.asked = asked;
  }

  /**
   * Reads it.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if there is no such
   */
  public void load() {
    repository = asked.repository();
    Snapshot now = listings.current().snapshot();
    boolean link = asked.part(2).isEmpty();
    name = asked.part(link ? 1 : 2);
    key = link ? name : EntryRow.TAGS + name;
    place = link ? behind(now) : EntryPath.of(repository, new TagName(name));
    TagName tag = TagName.ofStored(place.name()).orElseThrow();
    List<EntryRow> rows =
        now
            .entries(place.repository(), tag)
            .orElseThrow(() -> PageNotFoundException.of("tag", repository + "/" + key))
            .stream()
            .map(entry -> EntryRow.of(now, place.repository(), Optional.of(tag), entry))
            .toList();
    sheet = ResultPage.of(rows, asked.parameter("page"), ROWS);
  }

  /** The tag that the link leads to. */
  private EntryPath behind(Snapshot now) {
    ListingEntry.TagLink link =
        now
            .entries(repository)
            .orElseThrow(() -> PageNotFoundException.of("repository", repository))
            .stream()
            .filter(ListingEntry.TagLink.class::isInstance)
            .map(ListingEntry.TagLink.class::cast)
            .filter(entry -> entry.name().equals(name))
            .findFirst()
            .orElseThrow(() -> PageNotFoundException.of("tag link", repository + "/" + name));
    return now.follow(new EntryPath(repository, Optional.empty(), name))
        .filter(end -> end.item() instanceof StoredItem.Directory)
        .map(Followed::place)
        .orElseThrow(() -> PageNotFoundException.behind(repository + "/" + name, link.target()));
  }

  /** The repository whose address it is. */
  public String getRepository() {
    return repository.value();
  }

  /** The address of that. */
  public String getRepositoryAddress() {
    return PageLinks.of(repository);
  }

  /** Its name, or that of the link. */
  public String getName() {
    return name;
  }

  /** The tag that the link leads to; empty if the address is the tag's own. */
  public String getTarget() {
    return key.equals(name) ? EntryRow.shown(place) : "";
  }

  /** The page of that. */
  public String getTargetAddress() {
    return PageLinks.of(place);
  }

  /** Where it is changed, and taken into other repositories. */
  public String getManage() {
    return PageLinks.manage(repository, key);
  }

  /** What is asked for. */
  public ResultPage<EntryRow> getSheet() {
    return sheet;
  }
}
