package tf.grid.hub.site.manage;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.change.FlistChanges;
import tf.grid.hub.catalogue.change.LinkChanges;
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.change.TagLinkChanges;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.site.catalogue.PageLinks;

/**
 * Creates links, copies and tag entries in the visitor's repository, from items of any repository.
 */
@Named("take")
@RequestScoped
public class CopyAndLinkView {

  private final CurrentEntry current;
  private final FormSubmission submission;
  private final FlistChanges flists;
  private final LinkChanges links;
  private final TagChanges tags;
  private final TagLinkChanges tagLinks;
  private final Map<String, String> typed = new HashMap<>();

  protected CopyAndLinkView() {
    this(null, null, null, null, null, null);
  }

  @Inject
  public CopyAndLinkView(
      CurrentEntry current,
      FormSubmission submission,
      FlistChanges flists,
      LinkChanges links,
      TagChanges tags,
      TagLinkChanges tagLinks) {
    this.current = current;
    this.submission = submission;
    this.flists = flists;
    this.links = links;
    this.tags = tags;
    this.tagLinks = tagLinks;
  }

  /** The form fields: {@code link}, {@code copy}, {@code tag}, and {@code name} in the tag. */
  public Map<String, String> getTyped() {
    if (!current.isOwn()) {
      typed.putIfAbsent("link", current.row().name());
      typed.putIfAbsent("copy", current.row().name());
    }
    typed.putIfAbsent("name", current.row().name());
    return typed;
  }

  private String typed(String what) {
    return typed.getOrDefault(what, "").strip();
  }

  /** Creates a link to the flist. */
  public void link() {
    RepositoryName from = current.repository();
    FlistName source = source();
    String name = typed("link");
    boolean own = current.isOwn();
    submission.on(
        "link:name",
        own ? "link" : "crosslink",
        entry ->
            entry
                .named("link", name)
                .named("repository", from.value())
                .named("source", source.stored()),
        mine -> {
          FlistName link = FlistName.parse(name);
          if (own) {
            links.link(mine, source, link);
          } else {
            links.crosslink(mine, link, from, source);
          }
          return PageLinks.done(PageLinks.preview(mine, link.stored()), "linked");
        });
  }

  public void copy() {
    RepositoryName from = current.repository();
    FlistName source = source();
    String name = typed("copy");
    submission.on(
        "copy:name",
        "promote",
        entry ->
            entry
                .named("repository", from.value())
                .named("source", source.stored())
                .named("destination", name),
        mine -> {
          FlistName copy = FlistName.parse(name);
          flists.promote(mine, from, source, copy);
          return PageLinks.done(PageLinks.preview(mine, copy.stored()), "copied");
        });
  }

  /** Adds the flist to a tag. */
  public void tag() {
    RepositoryName from = current.repository();
    FlistName source = source();
    String tag = typed("tag");
    String name = typed("name");
    submission.on(
        "put:tag",
        "tag",
        entry ->
            entry
                .named("tag", tag)
                .named("name", name)
                .named("repository", from.value())
                .named("source", source.stored()),
        mine -> {
          TagName goal = new TagName(tag);
          tags.add(mine, goal, FlistName.parse(name), from, source);
          return PageLinks.done(PageLinks.of(mine, goal), "tagged");
        });
  }

  /** Creates a link to the tag, or to the tag that a link points to. */
  public void tagLink() {
    String name = typed("link");
    EntryPath end = current.end();
    Optional<TagName> tag = TagName.ofStored(end.name());
    submission.on(
        "tag-link:name",
        "crosstag",
        entry ->
            entry
                .named("name", name)
                .named("repository", end.repository().value())
                .named("tag", tag.map(TagName::value).orElse(end.name())),
        mine -> {
          TagLinkName link = TagLinkChanges.nameOf(name);
          tagLinks.link(
              mine, link, end.repository(), tag.orElseThrow(SourceNotFoundException::tag));
          return PageLinks.done(PageLinks.of(mine, link), "linked");
        });
  }

  private FlistName source() {
    return FlistName.parse(current.row().name());
  }
}
