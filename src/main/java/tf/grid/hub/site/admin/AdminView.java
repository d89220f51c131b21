package tf.grid.hub.site.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditEntry;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.catalogue.shared.ElsewhereException;
import tf.grid.hub.job.Job;
import tf.grid.hub.mirror.MirrorStatus;
import tf.grid.hub.space.CollectionException;
import tf.grid.hub.space.ContentChecks;
import tf.grid.hub.space.GarbageCollection;

/** Collections and checks, with their last reports. */
@Named("admin")
@RequestScoped
public class AdminView {
  private static final int LARGEST = 20;

  private final AccessControl access;
  private final GarbageCollection collection;
  private final ContentChecks checks;
  private final MirrorStatus mirror;
  private final PageAudit audit;

  protected AdminView() {
    this(null, null, null, null, null);
  }

  @Inject
  public AdminView(
      AccessControl access,
      GarbageCollection collection,
      ContentChecks checks,
      MirrorStatus mirror,
      PageAudit audit) {
    this.access = access;
    this.collection = collection;
    this.checks = checks;
    this.mirror = mirror;
    this.audit = audit;
  }

  /** The address of the hub that this one follows; empty if it is no mirror. */
  public String getSource() {
    return mirror.source().map(URI::toString).orElse("");
  }

  /** The time as of which this hub is equal to its source; null if it never was. */
  public Instant getMirrored() {
    return mirror.current().orElse(null);
  }

  /** Why this hub lags behind its source; empty if it does not. */
  public String getLag() {
    return mirror.failure().or(mirror::complaint).orElse("");
  }

  /** Entries that cannot be copied from the source. */
  public List<String> getUncopied() {
    return mirror.problems();
  }

  /** What the running collection is doing; empty if none runs. */
  public String getCollecting() {
    return step(collection.running());
  }

  /** What the running check is doing; empty if none runs. */
  public String getChecking() {
    return step(checks.running());
  }

  private static String step(Optional<Job> job) {
    return job.map(open -> open.latest().event().json().getString("message", "")).orElse("");
  }

  /** The last collection and the last dry run, as far as there were any. */
  public List<ReportRows> getCollections() {
    JsonObject reports = collection.json();
    return Stream.of("last-dry-run", "last")
        .filter(reports::containsKey)
        .map(reports::getJsonObject)
        .map(ReportRows::ofCollection)
        .toList();
  }

  private Optional<JsonObject> latest() {
    JsonObject reports = collection.json();
    return Stream.of("last", "last-dry-run")
        .filter(reports::containsKey)
        .map(reports::getJsonObject)
        .max(Comparator.comparing(report -> report.getString("started")));
  }

  /** What the store had according to the latest report; null if there is none. */
  public StoreContent getStored() {
    return latest().map(StoreContent::of).orElse(null);
  }

  /** The repositories that alone refer to the most bytes, according to the latest report. */
  public List<RepositoryRow> getRepositories() {
    return latest().stream()
        .flatMap(report -> report.getJsonArray("repositories").stream())
        .limit(LARGEST)
        .map(row -> RepositoryRow.of(row.asJsonObject()))
        .toList();
  }

  /** The last check, if there was one. */
  public List<ReportRows> getCheckReports() {
    return Stream.of(checks.json())
        .filter(reports -> reports.containsKey("last"))
        .map(reports -> ReportRows.ofCheck(reports.getJsonObject("last")))
        .toList();
  }

  /** Why the last collection failed; empty if it did not. */
  public String getCollectionFailure() {
    return failure(collection.json());
  }

  /** Why the last check failed; empty if it did not. */
  public String getCheckFailure() {
    return failure(checks.json());
  }

  private static String failure(JsonObject reports) {
    return reports.containsKey("failure")
        ? reports.getJsonObject("failure").getString("message", "")
        : "";
  }

  public void dryRun() {
    attempt(audit -> audit.dryRun("collect"), by -> collection.start(by, true));
  }

  public void collect() {
    attempt(audit -> audit.of("collect"), by -> collection.start(by, false));
  }

  public void check() {
    attempt(audit -> audit.of("check"), by -> checks.start(by, true));
  }

  /** Cancels the running collection, if it has not ended meanwhile. */
  public void cancelCollection() {
    access.toOperate();
    if (collection.cancel()) {
      audit.record(audit.of("cancel-collection"));
    }
  }

  /** Cancels the running check, if it has not ended meanwhile. */
  public void cancelCheck() {
    access.toOperate();
    if (checks.cancel()) {
      audit.record(audit.of("cancel-check"));
    }
  }

  private interface Start {
    Job as(AccountName account);
  }

  private void attempt(Function<PageAudit, AuditEntry> entry, Start start) {
    AccountName account = access.toOperate();
    try {
      start.as(account);
      audit.record(entry.apply(audit));
    } catch (CollectionException | ElsewhereException e) {
      FacesContext.getCurrentInstance()
          .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, e.getMessage(), null));
    }
  }
}
