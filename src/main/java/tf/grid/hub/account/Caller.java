package tf.grid.hub.account;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who sent a request, as far as a token proves it. The token's own text is not kept, so that it
 * cannot leak from here. Immutable.
 */
public final class Caller implements JsonWebToken {

  /** The role of everyone who is signed in. */
  public static final String USER = "user";

  private final AccountName account;
  private final Set<AccountName> memberOf;
  private final Set<Scope> scopes;
  private final Instant expires;
  private final Map<String, Object> claims;

  private Caller(
      AccountName account,
      Set<AccountName> memberOf,
      Set<Scope> scopes,
      Instant expires,
      Map<String, Object> claims) {
    this.account = account;
    this.memberOf = Set.copyOf(memberOf);
    this.scopes = Set.copyOf(scopes);
    this.expires = expires;
    this.claims = Map.copyOf(claims);
  }

  /** The owner of a token of this hub. */
  public static Caller of(TokenClaims token, String issuer) {
    Map<String, Object> claims =
        Map.of(
            "iss", issuer,
            "sub", token.owner().value(),
            "upn", token.owner().value(),
            "groups", Set.of(USER),
            "memberof", names(token.memberOf()),
            "scope", Scope.format(token.scopes()),
            "jti", token.id(),
            "iat", token.issued().getEpochSecond(),
            "exp", token.expires().getEpochSecond());
    return new Caller(token.owner(), token.memberOf(), token.scopes(), token.expires(), claims);
  }

  /** Someone whom the configuration lets in, without an end and with every scope. */
  public static Caller configured(AccountName account) {
    Map<String, Object> claims =
        Map.of(
            "sub", account.value(),
            "upn", account.value(),
            "groups", Set.of(USER),
            "scope", Scope.format(Scope.ALL));
    return new Caller(account, Set.of(), Scope.ALL, Instant.MAX, claims);
  }

  private static Set<String> names(Set<AccountName> accounts) {
    return accounts.stream().map(AccountName::value).collect(Collectors.toUnmodifiableSet());
  }

  /** The user. */
  public AccountName account() {
    return account;
  }

  /** Accounts that the token lets the user act for. */
  public Set<AccountName> memberOf() {
    return memberOf;
  }

  /** Whether the token allows a kind of request. */
  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }

  /** Whether the token is no longer good at a time. */
  public boolean expiredAt(Instant now) {
    return !now.isBefore(expires);
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
