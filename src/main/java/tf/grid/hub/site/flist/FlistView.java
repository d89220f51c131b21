package tf.grid.hub.site.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.download.SiteAddress;
import tf.grid.hub.catalogue.statistics.DownloadCount;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.site.catalogue.PageLinks;
import tf.grid.hub.site.catalogue.PathParameter;
import tf.grid.hub.site.catalogue.ResultPage;
import tf.grid.hub.site.preview.FlistPreview;
import tf.grid.hub.site.preview.FlistPreviews;

/** The page of a flist, with the first level of its contents. */
@Named("flist")
@RequestScoped
public class FlistView {

  private final CurrentFlist current;
  private final FlistPreviews previews;
  private final SiteAddress site;
  private final DownloadCounts counts;
  private FlistPreview preview;
  private DownloadCount count;
  private String target = "";
  private ResultPage<NodeRow> results;

  protected FlistView() {
    this(null, null, null, null);
  }

  @Inject
  public FlistView(
      CurrentFlist current, FlistPreviews previews, SiteAddress site, DownloadCounts counts) {
    this.current = current;
    this.previews = previews;
    this.site = site;
    this.counts = counts;
  }

  /**
   * Reads the flist.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if the flist does not exist or is damaged
   */
  public void load() {
    LocatedFlist flist = current.locate();
    preview = previews.of(flist);
    count = counts.of(flist.file().path());
    target = flist.link().map(StoredItem.Link::target).orElse("");
    results = current.entries(flist, FlistPath.ROOT);
  }

  public String getRepository() {
    return current.repository().value();
  }

  public String getRepositoryAddress() {
    return PageLinks.of(current.repository());
  }

  public String getName() {
    return current.name().stored();
  }

  /** The target, if it is a link; otherwise empty. */
  public String getTarget() {
    return target;
  }

  public String getDownload() {
    return PageLinks.flist(current.repository(), current.name().stored());
  }

  /** The URL of the flist as a tar archive. */
  public String getArchive() {
    return "/api/flist" + getDownload() + "/archive";
  }

  /** The URL of the flist as a container image. */
  public String getImage() {
    return "/api/flist" + getDownload() + "/image";
  }

  public String getManage() {
    return PageLinks.manage(current.repository(), current.name().stored());
  }

  /** The absolute URL for programs. */
  public String getSource() {
    return site.publicUrl() + getDownload();
  }

  /** The commands that open the downloaded flist with zflist and list its root. */
  public String getZflistCommand() {
    return "zflist open " + quoted(getName()) + " && zflist ls /";
  }

  /** The command that merges this flist with another one of the caller. */
  public String getMergeCommand() {
    String sources = "[\"" + getRepository() + "/" + getName() + "\",\"REPOSITORY/NAME.flist\"]";
    return "curl -H 'Authorization: bearer TOKEN' -d "
        + quoted(sources)
        + " "
        + site.publicUrl()
        + "/api/flist/me/merge/merged";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  public String getStorage() {
    return "zdb://" + site.backend().host() + ":" + site.backend().port();
  }

  /** The entries of the root with the most content. */
  public List<ShareRow> getShares() {
    return ShareRow.of(FlistPath.ROOT, preview.shares());
  }

  public FlistPreview getPreview() {
    return preview;
  }

  public Instant getModified() {
    return Instant.ofEpochSecond(preview.modified());
  }

  /** Number of downloads. */
  public long getDownloads() {
    return count.downloads();
  }

  /** When it was last downloaded or found current; null if never. */
  public Instant getLastDownload() {
    return count.lastTime().orElse(null);
  }

  /** The URL of the complete metadata. */
  public String getAllMetadata() {
    return "/api/flist" + getDownload() + "/metadata";
  }

  /** The first level of the contents. */
  public ResultPage<NodeRow> getResults() {
    return results;
  }

  /** The start of the query string for other pages of the first level. */
  public String getQuery() {
    return PathParameter.of(FlistPath.ROOT) + "&";
  }
}
