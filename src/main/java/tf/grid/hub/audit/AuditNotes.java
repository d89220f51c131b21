package tf.grid.hub.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Details of a request that are found while it is processed and belong in its audit entry. Stored
 * in the request. Not thread-safe.
 */
public final class AuditNotes {

  private static final String ATTRIBUTE = AuditNotes.class.getName();

  private final Map<String, String> names = new LinkedHashMap<>();
  private String account;

  private AuditNotes() {}

  /** Returns the notes of a request. */
  public static AuditNotes of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof AuditNotes notes) {
      return notes;
    }
    AuditNotes notes = new AuditNotes();
    request.setAttribute(ATTRIBUTE, notes);
    return notes;
  }

  /** Notes the account that the user acts for. */
  public void actsFor(String name) {
    account = name;
  }

  /** Notes the name of an affected object that is not in the URL. */
  public void concerns(String what, String name) {
    names.put(what, name);
  }

  /** Notes that nothing is changed, only reported. */
  public void isDryRun() {
    concerns("run", "dry-run");
  }

  Optional<String> account() {
    return Optional.ofNullable(account);
  }

  Map<String, String> names() {
    return names;
  }
}
