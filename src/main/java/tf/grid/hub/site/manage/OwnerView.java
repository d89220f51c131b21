package tf.grid.hub.site.manage;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.change.FlistChanges;
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.name.CatalogueException.ChangeRejectedException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.site.catalogue.EntryRow;
import tf.grid.hub.site.catalogue.PageLinks;

/** Forms for owners: rename, delete, remove from a tag. */
@Named("own")
@RequestScoped
public class OwnerView {

  private final CurrentEntry current;
  private final FormSubmission submission;
  private final FlistChanges flists;
  private final TagChanges tags;
  private String name;

  protected OwnerView() {
    this(null, null, null, null);
  }

  @Inject
  public OwnerView(
      CurrentEntry current, FormSubmission submission, FlistChanges flists, TagChanges tags) {
    this.current = current;
    this.submission = submission;
    this.flists = flists;
    this.tags = tags;
  }

  public String getName() {
    return name == null ? current.row().name() : name;
  }

  public void setName(String name) {
    this.name = name.strip();
  }

  public void rename() {
    String from = current.row().name();
    submission.onOwn(
        "rename:name",
        "rename",
        entry -> entry.named("source", from).named("destination", name),
        own -> {
          flists.rename(own, present(), EntryName.parse(name));
          String now = current.isTagLink() ? name : FlistName.parse(name).stored();
          return PageLinks.done(PageLinks.manage(own, now), "renamed");
        });
  }

  public void delete() {
    String old = current.row().name();
    submission.onOwn(
        null,
        current.isTag() ? "untag" : "delete",
        entry -> entry.named(current.isTag() ? "tag" : "name", old),
        own -> {
          if (current.isTag()) {
            tags.remove(own, new TagName(old));
          } else {
            flists.delete(own, present());
          }
          return PageLinks.done(PageLinks.of(own), "deleted");
        });
  }

  /** Removes an entry from a tag by name, since the list may have changed. */
  public void takeOut() {
    String tag = current.row().name();
    Map<String, String> sent =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    String name = sent.getOrDefault("entries:untag", "");
    submission.onOwn(
        null,
        "untag",
        entry -> entry.named("tag", tag).named("name", name),
        own -> {
          tags.remove(own, new TagName(tag), FlistName.parse(name));
          boolean last = current.entries().size() <= 1;
          String next = last ? PageLinks.of(own) : PageLinks.manage(own, EntryRow.TAGS + tag);
          return PageLinks.done(next, "untagged");
        });
  }

  /** The item in the URL, unless another item of the same name would be changed instead. */
  private EntryName present() {
    String stored = current.row().name();
    if (current.isTagLink() && current.hasBeside(stored + FlistName.SUFFIX)) {
      throw ChangeRejectedException.hidden(stored);
    }
    return EntryName.parse(stored);
  }
}
