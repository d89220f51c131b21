package tf.grid.hub.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import tf.grid.hub.audit.AuditEntry;
import tf.grid.hub.audit.AuditLog;

/** Counts audited actions by their result and passes them on. Thread-safe. */
public final class AuditMeter implements AuditLog {

  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final AuditLog log;
  private final Counter actions;

  /**
   * Wraps a log.
   *
   * @param log receives all entries
   */
  public AuditMeter(AuditLog log, HubMetrics metrics) {
    this.log = log;
    this.actions =
        Counter.builder()
            .name("hub_actions")
            .help("Uploads, changes and sign-ins, as in the audit log.")
            .labelNames("action", "result")
            .register(metrics.registry());
  }

  @Override
  public void record(AuditEntry entry) {
    actions.labelValues(entry.action(), result(entry.status())).inc();
    log.record(entry);
  }

  private static String result(int status) {
    if (status < CLIENT_ERROR) {
      return "done";
    }
    return status < SERVER_ERROR ? "rejected" : "failed";
  }
}
