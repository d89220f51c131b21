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
import tf.grid.hub.search.CatalogueSearch;

/** The contents of a tag, under its own URL or that of a link to it. */
@Named("tag")
@RequestScoped
public class TagView {

  private static final int ROWS = 100;

  private final Listings listings;
  private final CurrentRequest current;
  private final CatalogueSearch search;
  private RepositoryName repository;
  private String name;
  private String key;
  private EntryPath place;
  private ResultPage<EntryRow> results;

  protected TagView() {
    this(null, null, null);
  }

  @Inject
  public TagView(Listings listings, CurrentRequest current, CatalogueSearch search) {
    this.search = search;
    this.listings = listings;
    this.current = current;
  }

  /**
   * Reads the tag.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if the tag does not exist
   */
  public void load() {
    repository = current.repository();
    Snapshot now = listings.current().snapshot();
    boolean link = current.part(2).isEmpty();
    name = current.part(link ? 1 : 2);
    key = link ? name : EntryRow.TAGS + name;
    place = link ? behind(now) : EntryPath.of(repository, new TagName(name));
    TagName tag = TagName.ofStored(place.name()).orElseThrow();
    List<EntryRow> rows =
        now
            .entries(place.repository(), tag)
            .orElseThrow(() -> PageNotFoundException.of("tag", repository + "/" + key))
            .stream()
            .map(entry -> EntryRow.of(now, place.repository(), Optional.of(tag), entry, this::size))
            .toList();
    results = ResultPage.of(rows, current.parameter("page"), ROWS);
  }

  private long size(EntryPath flist) {
    return search.contentBytes(flist).orElse(-1);
  }

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

  public String getRepository() {
    return repository.value();
  }

  public String getRepositoryAddress() {
    return PageLinks.of(repository);
  }

  /** The name of the tag or link in the URL. */
  public String getName() {
    return name;
  }

  /** The target of a link to a tag; empty if the URL is that of the tag. */
  public String getTarget() {
    return key.equals(name) ? EntryRow.shown(place) : "";
  }

  public String getTargetAddress() {
    return PageLinks.of(place);
  }

  public String getManage() {
    return PageLinks.manage(repository, key);
  }

  public ResultPage<EntryRow> getResults() {
    return results;
  }
}
