package tf.grid.hub.account;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The authenticated sender of a request. It does not contain the text of the token, so that it
 * cannot leak the token. Immutable.
 */
public final class Caller implements JsonWebToken {

  /** The role of every signed-in user. */
  public static final String USER = "user";

  private final AccountName account;
  private final Grant grant;
  private final Map<String, Object> claims;

  private Caller(AccountName account, Grant grant, Map<String, Object> claims) {
    this.account = account;
    this.grant = grant;
    this.claims = Map.copyOf(claims);
  }

  /**
   * Creates the caller for a token.
   *
   * @param claims all claims of the token, including groups that are not roles of the hub
   */
  public static Caller of(AccountName account, Grant grant, Map<String, Object> claims) {
    Map<String, Object> all = new HashMap<>(claims);
    all.put("sub", account.value());
    all.put("upn", account.value());
    all.put("scope", Scope.format(grant.scopes()));
    all.putIfAbsent("groups", Set.of(USER));
    return new Caller(account, grant, all);
  }

  /** Creates a caller defined by the configuration, without expiry. */
  public static Caller configured(AccountName account) {
    Grant grant =
        new Grant(Set.of(), EnumSet.of(Scope.READ, Scope.WRITE), Optional.empty(), Instant.MAX);
    return of(account, grant, Map.of());
  }

  public AccountName account() {
    return account;
  }

  /** Accounts that the user may act for according to the token. */
  public Set<AccountName> memberOf() {
    return grant.memberOf();
  }

  /** The only account that the token is valid for, if it is restricted to one. */
  public Optional<AccountName> repository() {
    return grant.repository();
  }

  public Set<Scope> scopes() {
    return grant.scopes();
  }

  /** Returns whether the token has a scope. */
  public boolean may(Scope scope) {
    return grant.scopes().contains(scope);
  }

  /** The time from which the token is expired; far in the future if it has no expiry. */
  public Instant expires() {
    return grant.expires();
  }

  public boolean expiredAt(Instant now) {
    return !now.isBefore(grant.expires());
  }

  @Override
  public String getName() {
    return account.value();
  }

  @Override
  public Set<String> getClaimNames() {
    return claims.keySet();
  }

  /** Returns a claim. As in the interface, the caller chooses the type. */
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T getClaim(String name) {
    return (T) claims.get(name);
  }

  @Override
  public String toString() {
    return "caller " + account;
  }
}
