package tf.grid.hub.account;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may do, as far as the token says.
 *
 * @param memberOf accounts that the user may act for
 * @param scopes kinds of requests
 * @param repository the only account that may be acted for, if there is such a limit
 * @param expires from when on all of this is void
 */
public record Grant(
    Set<AccountName> memberOf,
    Set<Scope> scopes,
    Optional<AccountName> repository,
    Instant expires) {

  /** Copies the sets. */
  public Grant {
    memberOf = Set.copyOf(memberOf);
    scopes = Set.copyOf(scopes);
  }
}
