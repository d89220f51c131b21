package tf.grid.hub.site.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.site.catalogue.CurrentRequest;
import tf.grid.hub.site.catalogue.PathParameter;
import tf.grid.hub.site.catalogue.ResultPage;

/** The flist in the URL of a page, and the path in it. */
@RequestScoped
public class CurrentFlist {

  private static final String ENDING = ".md";
  private static final int ROWS = 200;

  private final CurrentRequest current;
  private final Catalogue catalogue;
  private final FlistBrowser browser;

  protected CurrentFlist() {
    this(null, null, null);
  }

  @Inject
  public CurrentFlist(CurrentRequest current, Catalogue catalogue, FlistBrowser browser) {
    this.current = current;
    this.catalogue = catalogue;
    this.browser = browser;
  }

  RepositoryName repository() {
    return current.repository();
  }

  FlistName name() {
    String last = current.part(1);
    return FlistName.parse(last.substring(0, last.length() - ENDING.length()));
  }

  /**
   * Finds the flist.
   *
   * @throws PageNotFoundException if it does not exist
   */
  LocatedFlist locate() {
    return locate(repository(), name());
  }

  /**
   * Finds another flist.
   *
   * @throws PageNotFoundException if it does not exist
   */
  LocatedFlist locate(RepositoryName repository, FlistName name) {
    try {
      return catalogue.entries().locate(repository, name);
    } catch (RepositoryNotFoundException e) {
      throw PageNotFoundException.of("repository", repository);
    } catch (FlistNotFoundException e) {
      throw PageNotFoundException.of("flist", repository + "/" + name);
    }
  }

  /**
   * The path in the flist.
   *
   * @throws PageNotFoundException if it is invalid
   */
  FlistPath path() {
    String query = current.rawQuery();
    return PathParameter.in(query)
        .orElseThrow(() -> PageNotFoundException.of("entry", current.parameter("path")));
  }

  /** Returns a page of the entries of a directory that match the filter. */
  ResultPage<NodeRow> entries(LocatedFlist flist, FlistPath path) {
    DirectoryListing listing = browser.directory(flist, path);
    String filter = filter().toLowerCase(Locale.ROOT);
    var found =
        listing.contents().stream()
            .filter(node -> node.name().toString().toLowerCase(Locale.ROOT).contains(filter))
            .toList();
    var page = ResultPage.of(found, current.parameter("page"), ROWS);
    List<NodeRow> rows = page.rows().stream().map(node -> NodeRow.of(path, node)).toList();
    return new ResultPage<>(rows, page.number(), page.last(), page.total());
  }

  String filter() {
    return current.parameter("filter");
  }

  /** The start of the query string for other pages of a directory. */
  String query(FlistPath path) {
    return PathParameter.of(path) + "&" + current.query("filter").substring(1);
  }

  String parameter(String name) {
    return current.parameter(name);
  }
}
