package tf.grid.hub.site.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import tf.grid.hub.catalogue.browse.ContentShares;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.site.catalogue.PageLinks;
import tf.grid.hub.site.catalogue.PathParameter;
import tf.grid.hub.site.flist.EntryView.Breadcrumb;

/** How much content is in the entries of a directory of a flist. */
@Named("sizes")
@RequestScoped
public class SizesView {

  private final CurrentFlist current;
  private final FlistBrowser browser;
  private FlistPath path;
  private ContentShares shares;

  protected SizesView() {
    this(null, null);
  }

  @Inject
  public SizesView(CurrentFlist current, FlistBrowser browser) {
    this.current = current;
    this.browser = browser;
  }

  /**
   * Reads what is below the directory.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if it does not exist or the flist is
   *     damaged
   */
  public void load() {
    path = current.path();
    shares = browser.shares(current.locate(), path);
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

  /** The path from the root. */
  public String getPath() {
    return "/" + PrintableText.of(path.toString());
  }

  /** The query string of the page with the entries of the directory. */
  public String getListing() {
    return PathParameter.of(path);
  }

  /** The directories above, each with the query string of its sizes. */
  public List<Breadcrumb> getAbove() {
    return Breadcrumb.above(path).stream()
        .map(up -> new Breadcrumb(up.text(), up.address() + ShareRow.VIEW))
        .toList();
  }

  /** The query string of the sizes in the root. */
  public String getRoot() {
    return PathParameter.of(FlistPath.ROOT) + ShareRow.VIEW;
  }

  public long getBytes() {
    return shares.bytes();
  }

  public List<ShareRow> getRows() {
    return ShareRow.of(path, shares);
  }
}
