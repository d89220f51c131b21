package tf.grid.hub.account.token;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Scope;

/**
 * What is kept of a token; its text is not.
 *
 * @param id the handle by which it is revoked
 * @param owner the user it stands for
 * @param label what the user calls it
 * @param scopes what it allows
 * @param repository the only account that it may be used for, if there is such a limit
 * @param issued when it was made
 * @param expires from when on it is refused
 * @param used when it was last used, to the hour; empty when it never was
 */
public record TokenRecord(
    String id,
    AccountName owner,
    String label,
    Set<Scope> scopes,
    Optional<AccountName> repository,
    Instant issued,
    Instant expires,
    Optional<Instant> used) {

  /** Copies the set. */
  public TokenRecord {
    scopes = Set.copyOf(scopes);
  }
}
