package tf.grid.hub.site.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.flist.DirectoryNode;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.LinkNode;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.PrintableText;
import tf.grid.hub.site.catalogue.PageLinks;
import tf.grid.hub.site.catalogue.PathParameter;
import tf.grid.hub.site.catalogue.ResultPage;

/** A directory, file, link or device in a flist. */
@Named("place")
@RequestScoped
public class EntryView {

  private final CurrentFlist asked;
  private final FlistBrowser browser;
  private FlistPath path;
  private NodeRow row;
  private Optional<FlistPath> target = Optional.empty();
  private ResultPage<NodeRow> results;
  private FilePart part;

  /** For the container's proxy. */
  protected EntryView() {
    this(null, null);
  }

  /** Takes what to look into. */
  @Inject
  public EntryView(CurrentFlist asked, FlistBrowser browser) {
    this.asked = asked;
    this.browser = browser;
  }

  /**
   * Reads it.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if there is no such, or the flist is
   *     damaged
   */
  public void load() {
    path = asked.path();
    LocatedFlist flist = asked.locate();
    Node node =
        path.length() == 0
            ? DirectoryNode.ROOT
            : browser
                .entry(flist, path)
                .orElseThrow(() -> PageNotFoundException.of("entry", "/" + path));
    if (node instanceof DirectoryNode) {
      results = asked.entries(flist, path);
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

  /** The place itself. */
  public String getPath() {
    return "/" + PrintableText.of(path.toString());
  }

  /** The last part of it. */
  public String getName() {
    return path.length() == 0 ? "/" : PrintableText.of(path.name().toString());
  }

  /** The directories above it. */
  public List<Breadcrumb> getAbove() {
    return Breadcrumb.above(path);
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return results != null;
  }

  /** What is in the directory. */
  public ResultPage<NodeRow> getResults() {
    return results;
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

  /**
   * A directory on the way to a place in a flist.
   *
   * @param text its name
   * @param address the query that shows it
   */
  public record Breadcrumb(String text, String address) {

    /** The way to a place, the place itself left out, from below the root. */
    static List<Breadcrumb> above(FlistPath place) {
      Deque<Breadcrumb> way = new ArrayDeque<>();
      for (FlistPath up = place.parent(); up.length() > 0; up = up.parent()) {
        way.addFirst(new Breadcrumb(PrintableText.of(up.name().toString()), PathParameter.of(up)));
      }
      return List.copyOf(way);
    }
  }
}
