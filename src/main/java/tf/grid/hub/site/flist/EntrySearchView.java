package tf.grid.hub.site.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.catalogue.browse.FlistBrowser.FoundEntries;
import tf.grid.hub.http.FileName;
import tf.grid.hub.site.catalogue.PageLinks;
import tf.grid.hub.site.catalogue.ResultPage;

/** The entries of a flist whose names contain a text, from all directories. */
@Named("findings")
@RequestScoped
public class EntrySearchView {

  private static final int MOST = 2000;
  private static final int ROWS = 200;

  private final CurrentFlist current;
  private final FlistBrowser browser;
  private ResultPage<NodeRow> results;
  private long total;

  protected EntrySearchView() {
    this(null, null);
  }

  @Inject
  public EntrySearchView(CurrentFlist current, FlistBrowser browser) {
    this.current = current;
    this.browser = browser;
  }

  /**
   * Searches the flist.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if the flist does not exist or is damaged
   */
  public void load() {
    FoundEntries found = browser.search(current.locate(), current.filter(), MOST);
    total = found.total();
    List<NodeRow> rows =
        found.first().stream().map(place -> NodeRow.inFull(place.parent(), place.node())).toList();
    results = ResultPage.of(rows, current.parameter("page"), ROWS);
  }

  public String getRepository() {
    return current.repository().value();
  }

  public String getRepositoryAddress() {
    return PageLinks.of(current.repository());
  }

  public String getFlist() {
    return current.name().stored();
  }

  public String getFlistAddress() {
    return PageLinks.preview(current.repository(), current.name().stored());
  }

  public String getFilter() {
    return current.filter();
  }

  public long getTotal() {
    return total;
  }

  /** Whether only the first matches are shown. */
  public boolean isCut() {
    return total > results.total();
  }

  public ResultPage<NodeRow> getResults() {
    return results;
  }

  /** The start of the query string for other pages. */
  public String getQuery() {
    return "?in=all&filter=" + FileName.encode(current.filter()) + "&";
  }
}
