package tf.grid.hub.wiring.producer.store;

import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.ApiAuthentication;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.audit.AuditEntry;
import tf.grid.hub.audit.AuditLog;
import tf.grid.hub.gateway.command.WriterAuthenticator;

/**
 * Authorizes writers of the gateway, and records their sign-ins in the audit log. Chunks are not
 * recorded, because one upload has many. Thread-safe.
 */
final class GatewayWriters implements WriterAuthenticator {

  private static final String ACTION = "gateway-auth";

  private final boolean readOnly;
  private final ApiAuthentication signIn;
  private final UsersMap users;
  private final AuditLog audit;

  /**
   * Authorizes writers by their tokens.
   *
   * @param readOnly whether all writers are rejected
   */
  GatewayWriters(boolean readOnly, ApiAuthentication signIn, UsersMap users, AuditLog audit) {
    this.readOnly = readOnly;
    this.signIn = signIn;
    this.users = users;
    this.audit = audit;
  }

  @Override
  public boolean mayWrite(String token) {
    return refusal(caller(token)).isEmpty();
  }

  /** A hub without authentication allows writing without a token, as over HTTP. */
  @Override
  public boolean mayWriteWithoutToken() {
    return signIn.open() && !readOnly;
  }

  @Override
  public boolean admit(String token, String from) {
    Optional<Caller> caller = caller(token);
    Optional<Refusal> refusal = refusal(caller);
    AuditEntry entry = caller.map(GatewayWriters::asked).orElseGet(() -> AuditEntry.of(ACTION));
    AuditEntry located = entry.from(from);
    audit.record(refusal.map(why -> located.failed(why.status(), why.message())).orElse(located));
    return refusal.isEmpty();
  }

  /** A hub without authentication accepts every token, because none identifies a user. */
  private Optional<Caller> caller(String token) {
    return signIn.open()
        ? Optional.of(Caller.configured(AccountName.ADMINISTRATOR))
        : signIn.tokens().check(token);
  }

  private Optional<Refusal> refusal(Optional<Caller> caller) {
    if (readOnly) {
      return Optional.of(new Refusal(403, "readonly mode"));
    }
    if (caller.isEmpty()) {
      return Optional.of(new Refusal(401, "invalid token"));
    }
    if (!caller.get().may(Scope.WRITE)) {
      return Optional.of(new Refusal(403, "this token has no scope 'write'"));
    }
    return caller
        .get()
        .repository()
        .filter(account -> !users.allows(caller.get(), account))
        .map(GatewayWriters::withdrawn);
  }

  /** Rejects a token whose user may no longer act for its account. */
  private static Refusal withdrawn(AccountName account) {
    return new Refusal(
        403,
        "this token is for the repository " + account + " only, and only while you may act for it");
  }

  private static AuditEntry asked(Caller caller) {
    AccountName account = caller.repository().orElse(caller.account());
    AuditEntry entry = AuditEntry.of(ACTION).by(caller.getName(), account.value());
    return Optional.ofNullable(caller.getTokenID()).map(entry::withToken).orElse(entry);
  }

  /** Why writing is rejected, with the corresponding HTTP status. */
  private record Refusal(int status, String message) {}
}
