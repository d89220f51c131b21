package tf.grid.hub.account;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Accounts without a sign-in of their own, and the users who may act for them. Immutable.
 *
 * @param grants account to users
 */
public record UsersMap(Map<AccountName, Set<AccountName>> grants) {

  public UsersMap {
    grants =
        grants.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
  }

  /**
   * Returns whether a caller may act for an account: the caller's own, one granted by the token, or
   * one in this map.
   */
  public boolean allows(Caller caller, AccountName account) {
    return account.equals(caller.account())
        || caller.memberOf().contains(account)
        || grants(account, caller.account());
  }

  /**
   * Returns the accounts that a caller may act for: first the caller's own, then the others sorted
   * by name.
   */
  public List<AccountName> allowedTo(Caller caller) {
    Stream<AccountName> granted =
        grants.keySet().stream().filter(account -> grants(account, caller.account()));
    Stream<AccountName> others =
        Stream.concat(caller.memberOf().stream(), granted)
            .filter(account -> !account.equals(caller.account()))
            .distinct()
            .sorted(Comparator.comparing(AccountName::value));
    return Stream.concat(Stream.of(caller.account()), others).toList();
  }

  public boolean grants(AccountName account, AccountName user) {
    return grants.getOrDefault(account, Set.of()).contains(user);
  }
}
