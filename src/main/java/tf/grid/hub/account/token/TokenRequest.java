package tf.grid.hub.account.token;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Scope;

/**
 * A request for a new token.
 *
 * @param owner the user
 * @param memberOf accounts that the user may act for, according to the sign-in
 * @param scopes permissions
 * @param repository the only account that the token is valid for, if it is restricted to one
 * @param label chosen by the user, at most {@value #MAX_LABEL} characters, no control characters
 * @param life requested lifetime; limited to the maximum of the hub
 */
public record TokenRequest(
    AccountName owner,
    Set<AccountName> memberOf,
    Set<Scope> scopes,
    Optional<AccountName> repository,
    String label,
    Duration life) {

  /** Maximum length of a label in characters. */
  public static final int MAX_LABEL = 200;

  /**
   * Validates the label.
   *
   * @throws IllegalArgumentException if the label is too long or contains control characters
   */
  public TokenRequest {
    memberOf = Set.copyOf(memberOf);
    scopes = Set.copyOf(scopes);
    if (!isLabel(label)) {
      throw new IllegalArgumentException(
          "a label has at most " + MAX_LABEL + " characters and no control character");
    }
  }

  /** Creates a request with all permissions of the owner. */
  public static TokenRequest full(
      AccountName owner, Set<AccountName> memberOf, String label, Duration life) {
    return new TokenRequest(owner, memberOf, Scope.ALL, Optional.empty(), label, life);
  }

  /** Returns this request with its lifetime limited. */
  TokenRequest livingAtMost(Duration longest) {
    return life.compareTo(longest) <= 0
        ? this
        : new TokenRequest(owner, memberOf, scopes, repository, label, longest);
  }

  /** Returns whether a text is a valid label. */
  public static boolean isLabel(String text) {
    return text.length() <= MAX_LABEL && text.chars().noneMatch(Character::isISOControl);
  }
}
