package tf.grid.hub.account;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The permissions of a caller according to the token.
 *
 * @param memberOf accounts that the user may act for
 * @param scopes permitted kinds of requests
 * @param repository the only account that the token is valid for, if it is restricted to one
 * @param expires when the grant expires
 */
public record Grant(
    Set<AccountName> memberOf,
    Set<Scope> scopes,
    Optional<AccountName> repository,
    Instant expires) {

  public Grant {
    memberOf = Set.copyOf(memberOf);
    scopes = Set.copyOf(scopes);
  }
}
