package tf.grid.hub.account.session;

import java.time.Instant;
import java.util.Set;
import tf.grid.hub.account.AccountName;

/**
 * A signed-in user.
 *
 * @param account the user
 * @param memberOf accounts that the user may act for
 * @param expires when the session ends at the latest
 */
public record Session(AccountName account, Set<AccountName> memberOf, Instant expires) {

  public Session {
    memberOf = Set.copyOf(memberOf);
  }
}
