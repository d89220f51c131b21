package tf.grid.hub.site.manage;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.audit.AuditEntry;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.api.OwnRepository;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.change.FlistChanges;
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.CatalogueException.ChangeRejectedException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.site.catalogue.CurrentRequest;
import tf.grid.hub.site.catalogue.PageLinks;
import tf.grid.hub.site.catalogue.RepositoryView;
import tf.grid.hub.site.language.Messages;

/**
 * Changes of several flists and links of a repository at once: deletes them, adds them to a tag, or
 * copies them to the visitor's repository. Each is a change of its own, also in the audit log; what
 * fails does not keep the others from being done.
 */
@Named("batch")
@RequestScoped
public class BatchView {

  private static final int MOST_NAMED = 100;
  private static final List<String> FIELDS = List.of("batch:item", "confirm:item");

  private final CurrentRequest current;
  private final RepositoryView repository;
  private final Listings listings;
  private final OwnRepository me;
  private final FlistChanges flists;
  private final TagChanges tags;
  private final FailureMessage reasons;
  private final PageAudit audit;
  private final Messages messages;
  private String tag = "";
  private boolean asked;

  protected BatchView() {
    this(null, null, null, null, null, null, null, null, null);
  }

  @Inject
  public BatchView(
      CurrentRequest current,
      RepositoryView repository,
      Listings listings,
      OwnRepository me,
      FlistChanges flists,
      TagChanges tags,
      FailureMessage reasons,
      PageAudit audit,
      Messages messages) {
    this.current = current;
    this.repository = repository;
    this.listings = listings;
    this.me = me;
    this.flists = flists;
    this.tags = tags;
    this.reasons = reasons;
    this.audit = audit;
    this.messages = messages;
  }

  /** The name of the tag that the form asks for. */
  public String getTag() {
    return tag;
  }

  public void setTag(String tag) {
    this.tag = tag.strip();
  }

  /** The stored names of the chosen flists and links that exist, in the order of the listing. */
  public List<String> getChosen() {
    Map<String, String[]> sent =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterValuesMap();
    Set<String> names =
        FIELDS.stream()
            .flatMap(field -> Stream.of(sent.getOrDefault(field, new String[0])))
            .collect(Collectors.toSet());
    return snapshot().entries(current.repository()).orElse(List.of()).stream()
        .filter(
            entry ->
                entry instanceof ListingEntry.Regular || entry instanceof ListingEntry.SymbolicLink)
        .map(ListingEntry::name)
        .filter(names::contains)
        .toList();
  }

  /** The links that would be broken by deleting what is chosen, up to a limit. */
  public List<String> getDependents() {
    List<EntryPath> places =
        getChosen().stream()
            .map(name -> EntryPath.of(current.repository(), FlistName.parse(name)))
            .toList();
    return snapshot().linksThrough(places).stream()
        .limit(MOST_NAMED)
        .map(EntryPath::shown)
        .toList();
  }

  /** Whether to show the confirmation of deletion. Its form is processed in any case. */
  public boolean isConfirming() {
    return asked || isProcessing();
  }

  /** Whether to show the list to choose from. */
  public boolean isChoosing() {
    return !asked || isProcessing();
  }

  private static boolean isProcessing() {
    return FacesContext.getCurrentInstance().getCurrentPhaseId() != PhaseId.RENDER_RESPONSE;
  }

  /** Asks for a confirmation. */
  public void ask() {
    asked = !isNothingChosen();
  }

  public void delete() {
    RepositoryName from = current.repository();
    forEach(
        "delete",
        (entry, name) -> entry.named("name", name),
        (own, name) -> {
          if (!own.equals(from)) {
            throw ChangeRejectedException.ofAnother(from, own);
          }
          var unused = flists.delete(own, EntryName.parse(name));
        },
        own -> PageLinks.done(PageLinks.of(own), "deleted"));
  }

  /** Adds the flists to a tag in the visitor's repository. */
  public void addToTag() {
    RepositoryName from = current.repository();
    forEach(
        "tag",
        (entry, name) ->
            entry
                .named("tag", tag)
                .named("name", name)
                .named("repository", from.value())
                .named("source", name),
        (own, name) -> {
          FlistName flist = FlistName.parse(name);
          tags.add(own, new TagName(tag), flist, from, flist);
        },
        own -> PageLinks.done(PageLinks.of(own, new TagName(tag)), "tagged"));
  }

  /** Copies the flists to the visitor's repository under the same names. */
  public void copy() {
    RepositoryName from = current.repository();
    forEach(
        "promote",
        (entry, name) ->
            entry
                .named("repository", from.value())
                .named("source", name)
                .named("destination", name),
        (own, name) -> {
          FlistName flist = FlistName.parse(name);
          var unused = flists.promote(own, from, flist, flist);
        },
        own -> PageLinks.done(PageLinks.of(own), "copied"));
  }

  private void forEach(
      String action,
      BiFunction<AuditEntry, String, AuditEntry> names,
      Change change,
      Function<RepositoryName, String> next) {
    if (isNothingChosen()) {
      return;
    }
    List<String> failures = new ArrayList<>();
    for (String name : getChosen()) {
      AuditEntry entry = names.apply(audit.of(action), name);
      try {
        change.make(me.toChange(), name);
        audit.record(entry);
      } catch (IOException | RuntimeException e) {
        String why = reasons.of(e);
        audit.record(entry.failed(FormSubmission.status(e), why));
        failures.add(name + ": " + why);
      }
    }
    if (failures.isEmpty()) {
      FacesContext faces = FacesContext.getCurrentInstance();
      new LocalPath(next.apply(me.toChange()))
          .redirect((HttpServletResponse) faces.getExternalContext().getResponse());
      faces.responseComplete();
    }
    if (!failures.isEmpty()) {
      failures.forEach(BatchView::say);
      repository.load();
    }
  }

  private boolean isNothingChosen() {
    boolean nothing = getChosen().isEmpty();
    if (nothing) {
      say(messages.get("repository.nothing-selected"));
    }
    return nothing;
  }

  private static void say(String text) {
    FacesContext.getCurrentInstance()
        .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
  }

  private Snapshot snapshot() {
    return listings.current().snapshot();
  }

  /** A change of one flist or link. */
  @FunctionalInterface
  private interface Change {
    void make(RepositoryName own, String name) throws IOException;
  }
}
