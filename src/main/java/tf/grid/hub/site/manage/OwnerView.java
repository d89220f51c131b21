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

  private final CurrentEntry asked;
  private final FormSubmission submission;
  private final FlistChanges flists;
  private final TagChanges tags;
  private String name;

  protected OwnerView() {
    this(null, null, null, null);
  }

  @Inject
  public OwnerView(
      CurrentEntry asked, FormSubmission submission, FlistChanges flists, TagChanges tags) {
    this.asked = asked;
    this.submission = submission;
    this.flists = flists;
    this.tags = tags;
  }

  public String getName() {
    return name == null ? asked.row().name() : name;
  }

  public void setName(String name) {
    this.name = name.strip();
  }

  public void rename() {
    String from = asked.row().name();
    submission.onOwn(
        "rename:name",
        "rename",
        entry -> entry.named("source", from).named("destination", name),
        own -> {
          flists.rename(own, present(), EntryName.parse(name));
          String now = asked.isTagLink() ? name : FlistName.parse(name).stored();
          return PageLinks.done(PageLinks.manage(own, now), "renamed");
        });
  }

  public void delete() {
    String old = asked.row().name();
    submission.onOwn(
        null,
        asked.isTag() ? "untag" : "delete",
        entry -> entry.named(asked.isTag() ? "tag" : "name", old),
        own -> {
          if (asked.isTag()) {
            tags.remove(own, new TagName(old));
          } else {
            flists.delete(own, present());
          }
          return PageLinks.done(PageLinks.of(own), "deleted");
        });
  }

  /** Removes an entry from a tag by name, since the list may have changed. */
  public void takeOut() {
    String tag = asked.row().name();
    Map<String, String> sent =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    String name = sent.getOrDefault("entries:untag", "");
    submission.onOwn(
        null,
        "untag",
        entry -> entry.named("tag", tag).named("name", name),
        own -> {
          tags.remove(own, new TagName(tag), FlistName.parse(name));
          boolean last = asked.entries().size() <= 1;
          String next = last ? PageLinks.of(own) : PageLinks.manage(own, EntryRow.TAGS + tag);
          return PageLinks.done(next, "untagged");
        });
  }

  /** The item in the URL, unless another item of the same name would be changed instead. */
  private EntryName present() {
    String stored = asked.row().name();
    if (asked.isTagLink() && asked.hasBeside(stored + FlistName.SUFFIX)) {
      throw ChangeRejectedException.hidden(stored);
    }
    return EntryName.parse(stored);
  }
}
