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

/** One thing of a repository, and what the visitor can do about it. */
@Named("manage")
@RequestScoped
public class ManageView {

  private static final int MOST_NAMED = 100;

  private final CurrentEntry asked;

  /** For the container's proxy. */
  protected ManageView() {
    this(null);
  }

  /** Takes what the page is about. */
  @Inject
  public ManageView(CurrentEntry asked) {
    this.asked = asked;
  }

  /**
   * Reads it.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if there is no such
   */
  public EntryRow getRow() {
    return asked.row();
  }

  /** For pages, which read before they write. */
  public void load() {
    var unused = getRow();
  }

  /** The repository. */
  public String getRepository() {
    return asked.repository().value();
  }

  /** The page of the repository. */
  public String getRepositoryAddress() {
    return PageLinks.of(asked.repository());
  }

  /** The page about it. */
  public String getAddress() {
    return asked.row().kind().equals("link")
        ? PageLinks.preview(asked.repository(), asked.row().name())
        : asked.row().address();
  }

  /** This page. */
  public String getHere() {
    return PageLinks.of(asked.repository()) + asked.row().manage();
  }

  /** This page, to ask whether it is to be deleted. */
  public String getDeletion() {
    return getHere() + "&delete";
  }

  /** Whether it is a tag, or leads to one. */
  public boolean isTagged() {
    return asked.isTag() || asked.isTagLink();
  }

  /** Whether it is a tag itself. */
  public boolean isTag() {
    return asked.isTag();
  }

  /** Whether it is the visitor's. */
  public boolean isOwn() {
    return asked.isOwn();
  }

  /**
   * Whether forms for owners are read, or shown: they are read whoever sends them, so that a
   * stranger is told that nothing was done.
   */
  public boolean isTaken() {
    return isOwn()
        || FacesContext.getCurrentInstance().getCurrentPhaseId() != PhaseId.RENDER_RESPONSE;
  }

  /** Whether the visitor has to be asked before it is deleted. */
  public boolean isDeleting() {
    return asked.has("delete") && isTaken();
  }

  /** The links that lead somewhere through it, up to a bound. */
  public List<String> getDependents() {
    return asked.dependents().stream().limit(MOST_NAMED).map(EntryPath::shown).toList();
  }

  /** How many more there are. */
  public int getUnnamed() {
    return Math.max(0, asked.dependents().size() - MOST_NAMED);
  }

  /** What is in the tag. */
  public List<ListingEntry> getEntries() {
    return asked.entries();
  }
}
