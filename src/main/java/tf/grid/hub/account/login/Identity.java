package tf.grid.hub.account.login;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;

/**
 * Who came back from a sign-in, as the other side proved it.
 *
 * @param account the user
 * @param email the address, where the other side was asked for it and has verified it
 * @param memberOf accounts that the user may act for
 * @param expires from when on the other side no longer vouches for this, if it says so
 */
public record Identity(
    AccountName account,
    Optional<String> email,
    Set<AccountName> memberOf,
    Optional<Instant> expires) {

  /** Copies the set. */
  public Identity {
    memberOf = Set.copyOf(memberOf);
  }

  /** A user of whom nothing else is known. */
  public static Identity of(AccountName account) {
    return new Identity(account, Optional.empty(), Set.of(), Optional.empty());
  }
}
