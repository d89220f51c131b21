package tf.grid.hub.site.search;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.search.CatalogueSearch;
import tf.grid.hub.search.SearchCriteria;
import tf.grid.hub.search.SearchCriteria.Age;
import tf.grid.hub.search.SearchCriteria.ContentSize;
import tf.grid.hub.search.SearchHit;
import tf.grid.hub.search.SearchResults;
import tf.grid.hub.search.name.NameMatch.Kind;
import tf.grid.hub.site.catalogue.CurrentRequest;
import tf.grid.hub.site.catalogue.PageLinks;
import tf.grid.hub.site.catalogue.PathParameter;
import tf.grid.hub.site.catalogue.ResultPage;

/** The search page. */
@Named("search")
@RequestScoped
public class SearchView {

  private static final int ROWS = 50;

  private final CatalogueSearch search;
  private final CurrentRequest current;
  private SearchResults found;
  private ResultPage<SearchHit> results;

  protected SearchView() {
    this(null, null);
  }

  @Inject
  public SearchView(CatalogueSearch search, CurrentRequest current) {
    this.search = search;
    this.current = current;
  }

  public String getWords() {
    return current.parameter("q");
  }

  public boolean isSearching() {
    return !getWords().isEmpty();
  }

  private SearchResults found() {
    if (found == null) {
      found =
          search.find(
              new SearchCriteria(
                  getWords(),
                  SearchCriteria.constant(Kind.class, current.parameter("kind")),
                  Optional.of(current.parameter("repository")).filter(name -> !name.isEmpty()),
                  current.parameter("official").equals("true"),
                  SearchCriteria.constant(ContentSize.class, current.parameter("size")),
                  SearchCriteria.constant(Age.class, current.parameter("changed"))));
    }
    return found;
  }

  public ResultPage<SearchHit> getResults() {
    if (results == null) {
      results = ResultPage.of(found().hits(), current.parameter("page"), ROWS);
    }
    return results;
  }

  /** Whether other flists may have matching paths. */
  public boolean isMore() {
    return found().more();
  }

  /** Number of flists whose paths are not found yet. */
  public int getWaiting() {
    return found().waiting();
  }

  /** What the results can be restricted to. */
  public List<SearchFilter> getFilters() {
    return SearchFilter.of(found().facets(), current);
  }

  /** The start of the query string for other pages. */
  public String getQuery() {
    return SearchFilter.query(current, "", "");
  }

  public String address(SearchHit hit) {
    return switch (hit.kind()) {
      case REPOSITORY -> PageLinks.of(hit.repository());
      case TAG_LINK -> PageLinks.of(hit.repository(), new TagLinkName(hit.name()));
      case TAG -> PageLinks.of(hit.repository(), new TagName(hit.name()));
      case FLIST, LINK -> PageLinks.preview(hit.repository(), hit.name());
    };
  }

  /** URL of the page of a path in a flist. */
  public String address(SearchHit hit, FlistPath path) {
    return address(hit) + PathParameter.of(path);
  }

  public String text(FlistPath path) {
    return "/" + PrintableText.of(path.bytes());
  }

  public String kind(SearchHit hit) {
    return SearchCriteria.word(hit.kind());
  }

  public boolean inRepository(SearchHit hit) {
    return hit.kind() != Kind.REPOSITORY;
  }

  /** Size of all files of a flist; -1 if it is not known. */
  public long contentBytes(SearchHit hit) {
    return hit.contentBytes().orElse(-1);
  }

  public Instant updated(SearchHit hit) {
    return Instant.ofEpochSecond(hit.updated());
  }
}
