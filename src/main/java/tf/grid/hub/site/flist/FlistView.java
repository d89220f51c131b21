package tf.grid.hub.site.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.download.SiteAddress;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.site.catalogue.PageLinks;
import tf.grid.hub.site.catalogue.PathParameter;
import tf.grid.hub.site.catalogue.ResultPage;
import tf.grid.hub.site.preview.FlistPreview;
import tf.grid.hub.site.preview.FlistPreviews;

/** A flist at a glance, and the first level of its contents. */
@Named("flist")
@RequestScoped
public class FlistView {

  private final CurrentFlist asked;
  private final FlistPreviews previews;
  private final SiteAddress site;
  private FlistPreview preview;
  private String target = "";
  private ResultPage<NodeRow> sheet;

  /** For the container's proxy. */
  protected FlistView() {
    this(null, null, null);
  }

  /** Takes what to look into. */
  @Inject
  public FlistView(CurrentFlist asked, FlistPreviews previews, SiteAddress site) {
    this.asked = asked;
    this.previews = previews;
    this.site = site;
  }

  /**
   * Reads it.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if there is no such, or it is damaged
   */
  public void load() {
    LocatedFlist flist = asked.locate();
    preview = previews.of(flist);
    target = flist.link().map(StoredItem.Link::target).orElse("");
    sheet = asked.entries(flist, FlistPath.ROOT);
  }

  /** The repository. */
  public String getRepository() {
    return asked.repository().value();
  }

  /** The page of the repository. */
  public String getRepositoryAddress() {
    return PageLinks.of(asked.repository());
  }

  /** The name with its ending. */
  public String getName() {
    return asked.name().stored();
  }

  /** What it leads to, if it is a link; else empty. */
  public String getTarget() {
    return target;
  }

  /** Where browsers fetch it. */
  public String getDownload() {
    return PageLinks.flist(asked.repository(), asked.name().stored());
  }

  /** Where it is changed, and taken into other repositories. */
  public String getManage() {
    return PageLinks.manage(asked.repository(), asked.name().stored());
  }

  /** The address to hand to machines. */
  public String getSource() {
    return site.publicUrl() + getDownload();
  }

  /** Where the chunks are. */
  public String getStorage() {
    return "zdb://" + site.backend().host() + ":" + site.backend().port();
  }

  /** What it is. */
  public FlistPreview getPreview() {
    return preview;
  }

  /** When the file was changed. */
  public Instant getModified() {
    return Instant.ofEpochSecond(preview.modified());
  }

  /** Where all metadata is, for programs. */
  public String getAllMetadata() {
    return "/api/flist" + getDownload() + "/metadata";
  }

  /** What is at the first level. */
  public ResultPage<NodeRow> getSheet() {
    return sheet;
  }

  /** The beginning of the query for more of the first level. */
  public String getQuery() {
    return PathParameter.of(FlistPath.ROOT) + "&";
  }
}
