package tf.grid.hub.access;

import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.TokenRequest;
import tf.grid.hub.account.token.Tokens;

/**
 * Signs anyone in as whoever they say they are, on a hub that only its own machine can reach.
 * Immutable.
 *
 * @param enabled whether the operator wants that
 * @param tokens makes the tokens
 */
public record DevLogin(boolean enabled, Tokens tokens) {

  /** A token for a name. */
  IssuedToken token(AccountName name) {
    return tokens.issue(TokenRequest.full(name, Set.of(), "trial", tokens.longestLife()));
  }
}
