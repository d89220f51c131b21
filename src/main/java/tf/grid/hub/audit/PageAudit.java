package tf.grid.hub.audit;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.proxy.ClientAddress;

/**
 * Records actions on website pages, as {@link AuditFilter} does for resources. Headers, query
 * strings and form contents are not logged, except for names passed by callers. Thread-safe.
 */
@SingletonBean
public class PageAudit {

  private final AuditLog log;
  private final ClientAddress address;
  private final HttpServletRequest request;

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public PageAudit(AuditLog log, ClientAddress address, HttpServletRequest request) {
    this.log = log;
    this.address = address;
    this.request = request;
  }

  /**
   * Creates a successful entry for the signed-in user with the notes of the request. It still has
   * to be recorded.
   */
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

  /** The same for an action that changes nothing, but only reports what it would change. */
  public AuditEntry dryRun(String action) {
    AuditNotes.of(request).isDryRun();
    return of(action);
  }

  public void record(AuditEntry entry) {
    log.record(entry);
  }
}
