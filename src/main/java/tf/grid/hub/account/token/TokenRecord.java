package tf.grid.hub.account.token;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Scope;

/**
 * What the ledger stores about a token; not its text.
 *
 * @param id used to revoke the token
 * @param owner the user
 * @param label chosen by the user
 * @param scopes permissions
 * @param repository the only account that the token is valid for, if it is restricted to one
 * @param issued when the token was created
 * @param expires when the token expires
 * @param used last use, to the hour; empty if never used
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

  public TokenRecord {
    scopes = Set.copyOf(scopes);
  }
}
