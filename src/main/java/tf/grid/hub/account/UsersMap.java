package tf.grid.hub.account;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accounts that nobody signs in to, and the users who may act for them. Immutable.
 *
 * @param grants account to users
 */
public record UsersMap(Map<AccountName, Set<AccountName>> grants) {

  /** Copies the map. */
  public UsersMap {
    grants =
        grants.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
  }

  /**
   * Whether someone may act for an account at this moment: the own one, one that the token grants,
   * or one of this map.
   */
  public boolean allows(Caller caller, AccountName account) {
    return account.equals(caller.account())
        || caller.memberOf().contains(account)
        || grants(account, caller.account());
  }

  /** Whether a user may act for an account. */
  public boolean grants(AccountName account, AccountName user) {
    return grants.getOrDefault(account, Set.of()).contains(user);
  }
}
