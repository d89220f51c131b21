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
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.problem.PrintableText;
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

  protected EntryView() {
    this(null, null);
  }

  @Inject
  public EntryView(CurrentFlist asked, FlistBrowser browser) {
    this.asked = asked;
    this.browser = browser;
  }

  /**
   * Creates an instance with its dependencies.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if the entry does not exist, or the flist
   *     is damaged
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
          FilePart.of(
              path,
              browser.content(file),
              asked.parameter("from"),
              asked.parameter("to"),
              asked.parameter("line"));
    } else if (node instanceof LinkNode link) {
      target = browser.follow(flist, path.parent(), link.target());
    }
  }

  public String getRepository() {
    return asked.repository().value();
  }

  public String getRepositoryAddress() {
    return PageLinks.of(asked.repository());
  }

  public String getFlist() {
    return asked.name().stored();
  }

  public String getFlistAddress() {
    return PageLinks.preview(asked.repository(), asked.name().stored());
  }

  public String getPath() {
    return "/" + PrintableText.of(path.toString());
  }

  /** The last component of the path. */
  public String getName() {
    return path.length() == 0 ? "/" : PrintableText.of(path.name().toString());
  }

  public List<Breadcrumb> getAbove() {
    return Breadcrumb.above(path);
  }

  public boolean isDirectory() {
    return results != null;
  }

  public ResultPage<NodeRow> getResults() {
    return results;
  }

  public String getFilter() {
    return asked.filter();
  }

  /** The start of the query string for other pages. */
  public String getQuery() {
    return asked.query(path);
  }

  /** The entry, unless it is a directory. */
  public NodeRow getRow() {
    return row;
  }

  /** The query string for the final target of a link; empty if it does not exist in the flist. */
  public String getTarget() {
    return target.map(PathParameter::of).orElse("");
  }

  /** The content of a regular file; null for other entries. */
  public FilePart getPart() {
    return part;
  }

  /**
   * A parent directory.
   *
   * @param text its name
   * @param address the query string of its page
   */
  public record Breadcrumb(String text, String address) {

    /** Returns the parents of a path, without the root and the path itself. */
    static List<Breadcrumb> above(FlistPath place) {
      Deque<Breadcrumb> way = new ArrayDeque<>();
      for (FlistPath up = place.parent(); up.length() > 0; up = up.parent()) {
        way.addFirst(new Breadcrumb(PrintableText.of(up.name().toString()), PathParameter.of(up)));
      }
      return List.copyOf(way);
    }
  }
}
