package tf.grid.hub.account;

import java.time.Instant;
import java.util.Set;

/**
 * What a token says of its owner.
 *
 * @param id unique to the token, the handle by which it is listed and revoked
 * @param owner the user it stands for
 * @param memberOf accounts that the user may act for, as known when the token was made
 * @param scopes what it allows
 * @param label what the user calls it, for people only
 * @param issued when it was made
 * @param expires from when on it is refused
 */
public record TokenClaims(
    String id,
    AccountName owner,
    Set<AccountName> memberOf,
    Set<Scope> scopes,
    String label,
    Instant issued,
    Instant expires) {

  /** Copies the sets. */
  public TokenClaims {
    memberOf = Set.copyOf(memberOf);
    scopes = Set.copyOf(scopes);
  }
}
