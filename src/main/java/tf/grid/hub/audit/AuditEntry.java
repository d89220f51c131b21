package tf.grid.hub.audit;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that was done or tried. Texts may hold anything: the log makes them harmless.
 * Immutable.
 *
 * @param action what, in a word
 * @param user who, if known
 * @param account whom the user acted for, if known
 * @param names of the things concerned, by what they are
 * @param from the address of the client, if known
 * @param token the identifier of the token that was used, never its text
 * @param status how it went, as a status of HTTP
 * @param message why it went wrong
 * @param took how long it took
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

  /** Copies the names, whose order stays. */
  public AuditEntry {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  /** Something that went well; nothing else is known yet. */
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

  /** The same, done by someone for an account. */
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

  /** The same, from an address. */
  public AuditEntry from(String address) {
    return new AuditEntry(
        action, user, account, names, Optional.of(address), token, status, message, took);
  }

  /** The same, by a token with an identifier. */
  public AuditEntry withToken(String id) {
    return new AuditEntry(
        action, user, account, names, from, Optional.of(id), status, message, took);
  }

  /** The same, concerning something more. */
  public AuditEntry named(String what, String name) {
    Map<String, String> more = new LinkedHashMap<>(names);
    more.put(what, name);
    return new AuditEntry(action, user, account, more, from, token, status, message, took);
  }

  /** The same, gone wrong. */
  public AuditEntry failed(int httpStatus, String why) {
    return new AuditEntry(
        action, user, account, names, from, token, httpStatus, Optional.of(why), took);
  }
}
