package tf.grid.hub.site.manage;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.site.catalogue.EntryRow;
import tf.grid.hub.site.catalogue.PageLinks;

/** The manage page of an item. */
@Named("manage")
@RequestScoped
public class ManageView {

  private static final int MOST_NAMED = 100;

  private final CurrentEntry current;

  protected ManageView() {
    this(null);
  }

  @Inject
  public ManageView(CurrentEntry current) {
    this.current = current;
  }

  /**
   * The listing entry of the item.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if the item does not exist
   */
  public EntryRow getRow() {
    return current.row();
  }

  /** Called by the page before rendering, so that errors become an error page. */
  public void load() {
    var unused = getRow();
  }

  public String getRepository() {
    return current.repository().value();
  }

  public String getRepositoryAddress() {
    return PageLinks.of(current.repository());
  }

  public String getAddress() {
    return current.row().kind().equals("link")
        ? PageLinks.preview(current.repository(), current.row().name())
        : current.row().address();
  }

  /** The URL of this page. */
  public String getHere() {
    return PageLinks.of(current.repository()) + current.row().manage();
  }

  /** The URL of the confirmation of deletion. */
  public String getDeletion() {
    return getHere() + "&delete";
  }

  /** Whether it is a tag or a link to one. */
  public boolean isTagged() {
    return current.isTag() || current.isTagLink();
  }

  public boolean isTag() {
    return current.isTag();
  }

  public boolean isOwn() {
    return current.isOwn();
  }

  /**
   * Whether forms for owners are processed. Submitted forms always are, so that other users get an
   * error message.
   */
  public boolean isTaken() {
    return isOwn()
        || FacesContext.getCurrentInstance().getCurrentPhaseId() != PhaseId.RENDER_RESPONSE;
  }

  /** Whether to show the confirmation of deletion. */
  public boolean isDeleting() {
    return current.has("delete") && isTaken();
  }

  /** The links that depend on the item, up to a limit. */
  public List<String> getDependents() {
    return current.dependents().stream().limit(MOST_NAMED).map(EntryPath::shown).toList();
  }

  /** The number of further links. */
  public int getUnnamed() {
    return Math.max(0, current.dependents().size() - MOST_NAMED);
  }

  /** The entries of the tag. */
  public List<ListingEntry> getEntries() {
    return current.entries();
  }
}
