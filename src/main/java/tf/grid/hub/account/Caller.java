package tf.grid.hub.account;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who sent a request, as far as a token proves it. The token's own text is not kept, so that it
 * cannot leak from here. Immutable.
 */
public final class Caller implements JsonWebToken {

  /** The role of everyone who is signed in. */
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
   * The user of a token.
   *
   * @param claims what else the token says; groups that are no role of the hub included
   */
  public static Caller of(AccountName account, Grant grant, Map<String, Object> claims) {
    Map<String, Object> all = new HashMap<>(claims);
    all.put("sub", account.value());
    all.put("upn", account.value());
    all.put("scope", Scope.format(grant.scopes()));
    all.putIfAbsent("groups", Set.of(USER));
    return new Caller(account, grant, all);
  }

  /** Someone whom the configuration lets in, without an end. */
  public static Caller configured(AccountName account) {
    Grant grant =
        new Grant(Set.of(), EnumSet.of(Scope.READ, Scope.WRITE), Optional.empty(), Instant.MAX);
    return of(account, grant, Map.of());
  }

  /** The user. */
  public AccountName account() {
    return account;
  }

  /** Accounts that the token lets the user act for. */
  public Set<AccountName> memberOf() {
    return grant.memberOf();
  }

  /** The one account that the token is for, if it is bound to one. */
  public Optional<AccountName> repository() {
    return grant.repository();
  }

  /** What the token allows. */
  public Set<Scope> scopes() {
    return grant.scopes();
  }

  /** Whether the token allows a kind of request. */
  public boolean may(Scope scope) {
    return grant.scopes().contains(scope);
  }

  /** From when on the token is no longer good; the far future if it never ends. */
  public Instant expires() {
    return grant.expires();
  }

  /** Whether the token is no longer good at a time. */
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

  /** The claim as it is in the map; the interface leaves the type to the caller. */
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
