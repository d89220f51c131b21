package tf.grid.hub.account.login;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;

/**
 * The result of a sign-in, as asserted by the provider.
 *
 * @param account the user
 * @param email the e-mail address, if the provider was asked for it and has verified it
 * @param memberOf accounts that the user may act for
 * @param expires when the assertion expires, if it does
 */
public record Identity(
    AccountName account,
    Optional<String> email,
    Set<AccountName> memberOf,
    Optional<Instant> expires) {

  public Identity {
    memberOf = Set.copyOf(memberOf);
  }

  /** Creates an identity with a user name only. */
  public static Identity of(AccountName account) {
    return new Identity(account, Optional.empty(), Set.of(), Optional.empty());
  }
}
