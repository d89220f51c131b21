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

/** What has a name that is asked for. */
@Named("search")
@RequestScoped
public class SearchView {

  private static final int ROWS = 50;

  private final Listings listings;
  private final CurrentRequest asked;
  private ResultPage<SearchHit> sheet;

  /** For the container's proxy. */
  protected SearchView() {
    this(null, null);
  }

  /** Takes what there is. */
  @Inject
  public SearchView(Listings listings, CurrentRequest asked) {
    this.listings = listings;
    this.asked = asked;
  }

  /** What is asked for. */
  public String getWords() {
    return asked.parameter("q");
  }

  /** Whether something is asked for. */
  public boolean isAsked() {
    return !getWords().isEmpty();
  }

  /** What was found. */
  public ResultPage<SearchHit> getSheet() {
    if (sheet == null) {
      List<SearchHit> hits = Search.of(getWords()).in(listings.current().snapshot());
      sheet = ResultPage.of(hits, asked.parameter("page"), ROWS);
    }
    return sheet;
  }

  /** The beginning of the query of other pages. */
  public String getQuery() {
    return asked.query("q");
  }

  /** The page about something that was found. */
  public String address(SearchHit hit) {
    return switch (hit.kind()) {
      case REPOSITORY -> PageLinks.of(hit.repository());
      case TAG_LINK -> PageLinks.of(hit.repository(), new TagLinkName(hit.name()));
      case TAG -> PageLinks.of(hit.repository(), new TagName(hit.name()));
      case FLIST, LINK -> PageLinks.preview(hit.repository(), hit.name());
    };
  }

  /** What it is, in a word. */
  public String kind(SearchHit hit) {
    return hit.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** When it was changed. */
  public Instant updated(SearchHit hit) {
    return Instant.ofEpochSecond(hit.updated());
  }
}
