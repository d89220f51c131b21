package tf.grid.hub.catalogue.view.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.download.Site;
import tf.grid.hub.catalogue.preview.Preview;
import tf.grid.hub.catalogue.preview.Previews;
import tf.grid.hub.catalogue.view.Addresses;
import tf.grid.hub.catalogue.view.Sheet;
import tf.grid.hub.flist.FlistPath;

/** A flist at a glance, and the first level of its contents. */
@Named("flist")
@RequestScoped
public class FlistView {

  private final AskedFlist asked;
  private final Previews previews;
  private final Site site;
  private Preview preview;
  private String target = "";
  private Sheet<NodeRow> sheet;

  /** For the container's proxy. */
  protected FlistView() {
    this(null, null, null);
  }

  /** Takes what to look into. */
  @Inject
  public FlistView(AskedFlist asked, Previews previews, Site site) {
    this.asked = asked;
    this.previews = previews;
    this.site = site;
  }

  /**
   * Reads it.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueRefusal if there is no such, or it is damaged
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
    return Addresses.of(asked.repository());
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
    return Addresses.flist(asked.repository(), asked.name().stored());
  }

  /** Where it is changed, and taken into other repositories. */
  public String getManage() {
    return Addresses.manage(asked.repository(), asked.name().stored());
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
  public Preview getPreview() {
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
  public Sheet<NodeRow> getSheet() {
    return sheet;
  }

  /** The beginning of the query for more of the first level. */
  public String getQuery() {
    return PathParameter.of(FlistPath.ROOT) + "&";
  }
}
