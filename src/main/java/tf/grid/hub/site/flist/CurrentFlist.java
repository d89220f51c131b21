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

/** The flist that the address of a page names, and the place in it. */
@RequestScoped
public class CurrentFlist {

  private static final String ENDING = ".md";
  private static final int ROWS = 200;

  private final CurrentRequest asked;
  private final Catalogue catalogue;
  private final FlistBrowser browser;

  /** For the container's proxy. */
  protected CurrentFlist() {
    this(null, null, null);
  }

  /** Takes what to look into. */
  @Inject
  public CurrentFlist(CurrentRequest asked, Catalogue catalogue, FlistBrowser browser) {
    this.asked = asked;
    this.catalogue = catalogue;
    this.browser = browser;
  }

  /** Its repository. */
  RepositoryName repository() {
    return asked.repository();
  }

  /** Its name. */
  FlistName name() {
    String last = asked.part(1);
    return FlistName.parse(last.substring(0, last.length() - ENDING.length()));
  }

  /**
   * Where it is.
   *
   * @throws PageNotFoundException if there is no such
   */
  LocatedFlist locate() {
    return locate(repository(), name());
  }

  /** The same for any flist. */
  LocatedFlist locate(RepositoryName repository, FlistName name) {
    try {
      return catalogue.locate(repository, name);
    } catch (RepositoryNotFoundException e) {
      throw PageNotFoundException.of("repository", repository);
    } catch (FlistNotFoundException e) {
      throw PageNotFoundException.of("flist", repository + "/" + name);
    }
  }

  /**
   * The place in it.
   *
   * @throws PageNotFoundException if there can be no such
   */
  FlistPath path() {
    String query = asked.rawQuery();
    return PathParameter.in(query)
        .orElseThrow(() -> PageNotFoundException.of("entry", asked.parameter("path")));
  }

  /** A page of what is in a directory, as far as names have what is asked for. */
  ResultPage<NodeRow> entries(LocatedFlist flist, FlistPath path) {
    DirectoryListing listing = browser.directory(flist, path);
    String filter = filter().toLowerCase(Locale.ROOT);
    var found =
        listing.contents().stream()
            .filter(node -> node.name().toString().toLowerCase(Locale.ROOT).contains(filter))
            .toList();
    var page = ResultPage.of(found, asked.parameter("page"), ROWS);
    List<NodeRow> rows = page.rows().stream().map(node -> NodeRow.of(path, node)).toList();
    return new ResultPage<>(rows, page.number(), page.last(), page.total());
  }

  /** The part of names that is asked for. */
  String filter() {
    return asked.parameter("filter");
  }

  /** The beginning of the query for other pages of a directory. */
  String query(FlistPath path) {
    return PathParameter.of(path) + "&" + asked.query("filter").substring(1);
  }

  /** Any parameter. */
  String parameter(String name) {
    return asked.parameter(name);
  }
}
