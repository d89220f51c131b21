package tf.grid.hub.account.token;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Scope;

/**
 * A token to be made.
 *
 * @param owner the user it will stand for
 * @param memberOf accounts that the user may act for, as the sign-in found out
 * @param scopes what it will allow
 * @param repository the only account that it may be used for, if there is such a limit
 * @param label what the user calls it, at most {@value #MAX_LABEL} characters, no control character
 * @param life from now on; cut to the life that the hub allows
 */
public record TokenRequest(
    AccountName owner,
    Set<AccountName> memberOf,
    Set<Scope> scopes,
    Optional<AccountName> repository,
    String label,
    Duration life) {

  /** The longest label, in characters. */
  public static final int MAX_LABEL = 200;

  /**
   * Checks the label.
   *
   * @throws IllegalArgumentException when the label is too long or has control characters
   */
  public TokenRequest {
    memberOf = Set.copyOf(memberOf);
    scopes = Set.copyOf(scopes);
    if (!isLabel(label)) {
      throw new IllegalArgumentException(
          "a label has at most " + MAX_LABEL + " characters and no control character");
    }
  }

  /** A request for everything that the owner may do. */
  public static TokenRequest full(
      AccountName owner, Set<AccountName> memberOf, String label, Duration life) {
    return new TokenRequest(owner, memberOf, Scope.ALL, Optional.empty(), label, life);
  }

  /** The same for a life that is not longer than allowed. */
  TokenRequest livingAtMost(Duration longest) {
    return life.compareTo(longest) <= 0
        ? this
        : new TokenRequest(owner, memberOf, scopes, repository, label, longest);
  }

  /** Whether a text could be a label. */
  public static boolean isLabel(String text) {
    return text.length() <= MAX_LABEL && text.chars().noneMatch(Character::isISOControl);
  }
}
