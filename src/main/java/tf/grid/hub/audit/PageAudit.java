package tf.grid.hub.audit;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import tf.grid.hub.bean.SingletonBean;

/**
 * Writes down what visitors do on pages, as the log does by itself for resources. Nothing of
 * headers, queries and forms is recorded, but what callers name. Safe for any number of threads.
 */
@SingletonBean
public class PageAudit {

  private final AuditLog log;
  private final ClientAddress address;
  private final HttpServletRequest request;

  /**
   * Takes where to record.
   *
   * @param request stands for the current one of the thread that asks
   */
  @Inject
  public PageAudit(AuditLog log, ClientAddress address, HttpServletRequest request) {
    this.log = log;
    this.address = address;
    this.request = request;
  }

  /** Something that goes well, by whoever is signed in, with what was noted; to be recorded. */
  public AuditEntry of(String action) {
    AuditEntry entry = AuditEntry.of(action).from(address.of(request));
    Principal user = request.getUserPrincipal();
    if (user == null) {
      return entry;
    }
    AuditNotes notes = AuditNotes.of(request);
    entry = entry.by(user.getName(), notes.account().orElse(user.getName()));
    for (Map.Entry<String, String> name : notes.names().entrySet()) {
      entry = entry.named(name.getKey(), name.getValue());
    }
    return entry;
  }

  /** Takes it down. */
  public void record(AuditEntry entry) {
    log.record(entry);
  }
}
