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

/** The entries of a flist, in whatever directory, whose names contain something. */
@Named("findings")
@RequestScoped
public class EntrySearchView {

  private static final int MOST = 2000;
  private static final int ROWS = 200;

  private final CurrentFlist asked;
  private final FlistBrowser browser;
  private ResultPage<NodeRow> sheet;
  private long total;

  /** For the container's proxy. */
  protected EntrySearchView() {
    this(null, null);
  }

  /** Takes what to look into. */
  @Inject
  public EntrySearchView(CurrentFlist asked, FlistBrowser browser) {
    this.asked = asked;
    this.browser = browser;
  }

  /**
   * Looks for them.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if there is no such flist, or it is
   *     damaged
   */
  public void load() {
    FoundEntries found = browser.search(asked.locate(), asked.filter(), MOST);
    total = found.total();
    List<NodeRow> rows =
        found.first().stream().map(place -> NodeRow.inFull(place.parent(), place.node())).toList();
    sheet = ResultPage.of(rows, asked.parameter("page"), ROWS);
  }

  /** The repository. */
  public String getRepository() {
    return asked.repository().value();
  }

  /** The page of the repository. */
  public String getRepositoryAddress() {
    return PageLinks.of(asked.repository());
  }

  /** The flist. */
  public String getFlist() {
    return asked.name().stored();
  }

  /** The page of the flist. */
  public String getFlistAddress() {
    return PageLinks.preview(asked.repository(), asked.name().stored());
  }

  /** The part of names that is asked for. */
  public String getFilter() {
    return asked.filter();
  }

  /** How many there are. */
  public long getTotal() {
    return total;
  }

  /** Whether there are more than are shown. */
  public boolean isCut() {
    return total > sheet.total();
  }

  /** Those that are shown. */
  public ResultPage<NodeRow> getSheet() {
    return sheet;
  }

  /** The beginning of the query for other pages. */
  public String getQuery() {
    return "?in=all&filter=" + FileName.encode(asked.filter()) + "&";
  }
}
