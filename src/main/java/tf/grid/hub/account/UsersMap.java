package tf.grid.hub.account;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** The accounts that someone may act for at this moment: the own one, then the others by name. */
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

  /** Whether a user may act for an account. */
  public boolean grants(AccountName account, AccountName user) {
    return grants.getOrDefault(account, Set.of()).contains(user);
  }
}
