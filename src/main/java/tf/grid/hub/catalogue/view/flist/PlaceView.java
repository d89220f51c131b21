package tf.grid.hub.catalogue.view.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.browse.Browser;
import tf.grid.hub.catalogue.view.Addresses;
import tf.grid.hub.catalogue.view.NotHere;
import tf.grid.hub.catalogue.view.Sheet;
import tf.grid.hub.flist.DirectoryNode;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.LinkNode;
import tf.grid.hub.flist.Node;

/** A directory, file, link or device in a flist. */
@Named("place")
@RequestScoped
public class PlaceView {

  private final AskedFlist asked;
  private final Browser browser;
  private FlistPath path;
  private NodeRow row;
  private Optional<FlistPath> target = Optional.empty();
  private Sheet<NodeRow> sheet;
  private FilePart part;

  /** For the container's proxy. */
  protected PlaceView() {
    this(null, null);
  }

  /** Takes what to look into. */
  @Inject
  public PlaceView(AskedFlist asked, Browser browser) {
    this.asked = asked;
    this.browser = browser;
  }

  /**
   * Reads it.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueRefusal if there is no such, or the flist is
   *     damaged
   */
  public void load() {
    path = asked.path();
    LocatedFlist flist = asked.locate();
    Node node =
        path.length() == 0
            ? DirectoryNode.ROOT
            : browser.entry(flist, path).orElseThrow(() -> NotHere.of("entry", "/" + path));
    if (node instanceof DirectoryNode) {
      sheet = asked.entries(flist, path);
      return;
    }
    row = NodeRow.of(path.parent(), node);
    if (node instanceof FileNode file) {
      part =
          FilePart.of(path, browser.content(file), asked.parameter("from"), asked.parameter("to"));
    } else if (node instanceof LinkNode link) {
      target = browser.follow(flist, path.parent(), link.target());
    }
  }

  /** The repository. */
  public String getRepository() {
    return asked.repository().value();
  }

  /** The page of the repository. */
  public String getRepositoryAddress() {
    return Addresses.of(asked.repository());
  }

  /** The flist. */
  public String getFlist() {
    return asked.name().stored();
  }

  /** The page of the flist. */
  public String getFlistAddress() {
    return Addresses.preview(asked.repository(), asked.name().stored());
  }

  /** The place itself. */
  public String getPath() {
    return "/" + path;
  }

  /** The last part of it. */
  public String getName() {
    return path.length() == 0 ? "/" : path.name().toString();
  }

  /** The directories above it. */
  public List<Crumb> getAbove() {
    return Crumb.above(path);
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return sheet != null;
  }

  /** What is in the directory. */
  public Sheet<NodeRow> getSheet() {
    return sheet;
  }

  /** The part of names that is asked for. */
  public String getFilter() {
    return asked.filter();
  }

  /** The beginning of the query for other pages of it. */
  public String getQuery() {
    return asked.query(path);
  }

  /** What is not a directory. */
  public NodeRow getRow() {
    return row;
  }

  /** The query for what a link leads to in the end; empty if that is not in the flist. */
  public String getTarget() {
    return target.map(PathParameter::of).orElse("");
  }

  /** The content of a regular file; null for others. */
  public FilePart getPart() {
    return part;
  }
}
