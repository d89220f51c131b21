package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.search.Search;
import tf.grid.hub.catalogue.search.SearchHit;

/** The search page. */
@Named("search")
@RequestScoped
public class SearchView {

  private static final int ROWS = 50;

  private final Listings listings;
  private final CurrentRequest current;
  private ResultPage<SearchHit> results;

  protected SearchView() {
    this(null, null);
  }

  @Inject
  public SearchView(Listings listings, CurrentRequest current) {
    this.listings = listings;
    this.current = current;
  }

  public String getWords() {
    return current.parameter("q");
  }

  public boolean isSearching() {
    return !getWords().isEmpty();
  }

  public ResultPage<SearchHit> getResults() {
    if (results == null) {
      List<SearchHit> hits = Search.of(getWords()).in(listings.current().snapshot());
      results = ResultPage.of(hits, current.parameter("page"), ROWS);
    }
    return results;
  }

  /** The start of the query string for other pages. */
  public String getQuery() {
    return current.query("q");
  }

  public String address(SearchHit hit) {
    return switch (hit.kind()) {
      case REPOSITORY -> PageLinks.of(hit.repository());
      case TAG_LINK -> PageLinks.of(hit.repository(), new TagLinkName(hit.name()));
      case TAG -> PageLinks.of(hit.repository(), new TagName(hit.name()));
      case FLIST, LINK -> PageLinks.preview(hit.repository(), hit.name());
    };
  }

  public String kind(SearchHit hit) {
    return hit.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  public Instant updated(SearchHit hit) {
    return Instant.ofEpochSecond(hit.updated());
  }
}
