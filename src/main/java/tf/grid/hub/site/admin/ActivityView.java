package tf.grid.hub.site.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tf.grid.hub.audit.AuditTail;
import tf.grid.hub.audit.AuditTail.Filter;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.site.catalogue.CurrentRequest;
import tf.grid.hub.space.StoreDisk;
import tf.grid.hub.space.StoreDisk.Space;

/** The space of the store, open jobs, and the last entries of the audit log. */
@Named("activity")
@RequestScoped
public class ActivityView {
  private static final int MAX_ENTRIES = 50;

  private final StoreDisk disk;
  private final Jobs jobs;
  private final AuditTail log;
  private final CurrentRequest current;
  private List<JobRow> open;
  private List<AuditRow> entries;
  private Optional<Space> store;

  protected ActivityView() {
    this(null, null, null, null);
  }

  @Inject
  public ActivityView(StoreDisk disk, Jobs jobs, AuditTail log, CurrentRequest current) {
    this.disk = disk;
    this.jobs = jobs;
    this.log = log;
    this.current = current;
  }

  /** The space of the embedded store; null for others. */
  public Space getStore() {
    try {
      if (store == null) {
        store = disk.space();
      }
      return store.orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Jobs that wait or run, oldest first. */
  public List<JobRow> getJobs() {
    if (open == null) {
      open =
          jobs.open().stream()
              .map(
                  job ->
                      new JobRow(
                          job.owner().value(),
                          job.latest().event().json().getString("message", ""),
                          job.id().toString()))
              .toList();
    }
    return open;
  }

  /** The filters, as they were sent. */
  public Filter getFilter() {
    return new Filter(
        current.parameter("user"), current.parameter("action"), current.parameter("text"));
  }

  /** Entries that match the filters, newest first. */
  public List<AuditRow> getEntries() {
    try {
      if (entries == null) {
        entries = log.last(getFilter(), MAX_ENTRIES).stream().map(AuditRow::of).toList();
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A job. */
  public record JobRow(String owner, String step, String id) {}

  /**
   * An entry of the audit log.
   *
   * @param objects names of what was affected
   */
  public record AuditRow(
      Instant time, String action, String user, String objects, int status, String message) {
    private static AuditRow of(JsonObject entry) {
      JsonObject names =
          entry.containsKey("names") ? entry.getJsonObject("names") : JsonObject.EMPTY_JSON_OBJECT;
      return new AuditRow(
          Instant.parse(entry.getString("time")),
          entry.getString("action"),
          entry.getString("user", ""),
          names.keySet().stream().map(names::getString).collect(Collectors.joining(", ")),
          entry.getInt("status", 0),
          entry.getString("message", ""));
    }
  }
}
