package tf.grid.hub.catalogue.view.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.browse.Browser;
import tf.grid.hub.catalogue.browse.ContentLost;
import tf.grid.hub.catalogue.browse.FileContent;
import tf.grid.hub.catalogue.preview.Excerpt;
import tf.grid.hub.catalogue.preview.Picture;
import tf.grid.hub.catalogue.view.Addresses;
import tf.grid.hub.catalogue.view.NotHere;
import tf.grid.hub.catalogue.view.Sheet;
import tf.grid.hub.flist.DirectoryNode;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.LinkNode;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.http.StoreMapper;
import tf.grid.hub.store.StoreException;

/** A directory, file, link or device in a flist. */
@Named("place")
@RequestScoped
public class PlaceView {

  private final AskedFlist asked;
  private final Browser browser;
  private FlistPath path;
  private NodeRow row;
  private String target = "";
  private Sheet<NodeRow> sheet;
  private Excerpt excerpt;
  private boolean picture;
  private String lost = "";

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
      read(browser.content(file));
    } else if (node instanceof LinkNode link) {
      target = target(path.parent(), link.target()).map(PathParameter::of).orElse("");
    }
  }

  private void read(FileContent file) {
    try {
      excerpt = Excerpt.of(file, from());
      picture = Picture.of(file).isPresent();
    } catch (ContentLost e) {
      lost = e.getMessage();
    } catch (StoreException e) {
      lost = StoreMapper.message(e);
    } catch (IOException e) {
      lost = "the file cannot be read";
    }
  }

  private long from() {
    String text = asked.parameter("from");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Where a link leads by its text alone; empty if that is outside. */
  private static Optional<FlistPath> target(FlistPath directory, Name text) {
    String target = text.toString();
    FlistPath place = target.startsWith("/") ? FlistPath.ROOT : directory;
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        place = place.parent();
      } else if (!part.isEmpty() && !part.equals(".")) {
        if (!FlistPath.isComponent(Name.of(part))) {
          return Optional.empty();
        }
        place = place.child(Name.of(part));
      }
    }
    return Optional.of(place);
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

  /** Whether it is a regular file. */
  public boolean isFile() {
    return row != null && row.size() >= 0;
  }

  /** The query for what a link leads to; empty if it is no link or leads outside. */
  public String getTarget() {
    return target;
  }

  /** A part of the file; null if there is nothing to show. */
  public Excerpt getExcerpt() {
    return excerpt;
  }

  /** Whether it is a picture that can be shown. */
  public boolean isPicture() {
    return picture;
  }

  /** Why the content cannot be read; empty if it can. */
  public String getLost() {
    return lost;
  }

  /** The query for the file itself. */
  public String getRaw() {
    return PathParameter.of(path) + "&raw=";
  }

  /** The query for the part before; empty if this is the first. */
  public String getPrevious() {
    return excerpt.from() == 0
        ? ""
        : PathParameter.of(path) + "&from=" + Math.max(0, excerpt.from() - step());
  }

  /** The query for the next part; empty if this is the last. */
  public String getNext() {
    return excerpt.to() >= excerpt.size() ? "" : PathParameter.of(path) + "&from=" + excerpt.to();
  }

  private long step() {
    return excerpt.text().isPresent() ? Excerpt.TEXT : Excerpt.BINARY;
  }
}
