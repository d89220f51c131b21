package tf.grid.hub.audit;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An audited action, successful or not. Texts may contain any characters; the log escapes them.
 * Immutable.
 *
 * @param action a single word
 * @param user the user, if known
 * @param account the account that the user acted for, if known
 * @param names the affected objects, by kind
 * @param from the address of the client, if known
 * @param token the identifier of the token, never its text
 * @param status the result as an HTTP status
 * @param message the error message
 * @param took duration of the request
 */
public record AuditEntry(
    String action,
    Optional<String> user,
    Optional<String> account,
    Map<String, String> names,
    Optional<String> from,
    Optional<String> token,
    int status,
    Optional<String> message,
    Optional<Duration> took) {

  private static final int OK = 200;

  /** Copies the names and keeps their order. */
  public AuditEntry {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  /** Creates a successful entry with an action only. */
  public static AuditEntry of(String action) {
    return new AuditEntry(
        action,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        OK,
        Optional.empty(),
        Optional.empty());
  }

  /** Returns a copy with user and account. */
  public AuditEntry by(String someone, String forAccount) {
    return new AuditEntry(
        action,
        Optional.of(someone),
        Optional.of(forAccount),
        names,
        from,
        token,
        status,
        message,
        took);
  }

  /** Returns a copy with a client address. */
  public AuditEntry from(String address) {
    return new AuditEntry(
        action, user, account, names, Optional.of(address), token, status, message, took);
  }

  /** Returns a copy with the identifier of a token. */
  public AuditEntry withToken(String id) {
    return new AuditEntry(
        action, user, account, names, from, Optional.of(id), status, message, took);
  }

  /** Returns a copy with one more affected object. */
  public AuditEntry named(String what, String name) {
    Map<String, String> more = new LinkedHashMap<>(names);
    more.put(what, name);
    return new AuditEntry(action, user, account, more, from, token, status, message, took);
  }

  /** Returns a copy with an error. */
  public AuditEntry failed(int httpStatus, String why) {
    return new AuditEntry(
        action, user, account, names, from, token, httpStatus, Optional.of(why), took);
  }
}
