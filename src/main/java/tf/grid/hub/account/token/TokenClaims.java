package tf.grid.hub.account.token;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.Scope;

/**
 * The content of a token.
 *
 * @param id unique identifier, used to list and revoke the token
 * @param owner the user
 * @param memberOf accounts that the user may act for, as known when the token was created
 * @param scopes permissions
 * @param repository the only account that the token is valid for, if it is restricted to one
 * @param label chosen by the user, for display only
 * @param issued when the token was created
 * @param expires when the token expires
 */
public record TokenClaims(
    String id,
    AccountName owner,
    Set<AccountName> memberOf,
    Set<Scope> scopes,
    Optional<AccountName> repository,
    String label,
    Instant issued,
    Instant expires) {

  public TokenClaims {
    memberOf = Set.copyOf(memberOf);
    scopes = Set.copyOf(scopes);
  }

  /** Creates the caller for a request with this token. */
  Caller caller(String issuer) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", Set.of(issuer));
    claims.put(
        "memberof",
        memberOf.stream().map(AccountName::value).collect(Collectors.toUnmodifiableSet()));
    claims.put("label", label);
    claims.put("jti", id);
    claims.put("iat", issued.getEpochSecond());
    claims.put("exp", expires.getEpochSecond());
    repository.ifPresent(name -> claims.put("repository", name.value()));
    return Caller.of(owner, new Grant(memberOf, scopes, repository, expires), claims);
  }
}
