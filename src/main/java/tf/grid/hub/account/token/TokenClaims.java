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
 * What a token says of its owner.
 *
 * @param id unique to the token, the handle by which it is listed and revoked
 * @param owner the user it stands for
 * @param memberOf accounts that the user may act for, as known when the token was made
 * @param scopes what it allows
 * @param repository the only account that it may be used for, if there is such a limit
 * @param label what the user calls it, for people only
 * @param issued when it was made
 * @param expires from when on it is refused
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

  /** Copies the sets. */
  public TokenClaims {
    memberOf = Set.copyOf(memberOf);
    scopes = Set.copyOf(scopes);
  }

  /** Whom a request with this token comes from. */
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
