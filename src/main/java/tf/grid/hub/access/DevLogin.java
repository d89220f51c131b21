package tf.grid.hub.access;

import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.TokenRequest;
import tf.grid.hub.account.token.Tokens;

/**
 * Issues tokens for any user name, on trial hubs that are reachable only from their own machine.
 * Immutable.
 *
 * @param enabled whether the operator enabled this
 * @param tokens issues the tokens
 */
public record DevLogin(boolean enabled, Tokens tokens) {

  IssuedToken token(AccountName name) {
    return tokens.issue(TokenRequest.full(name, Set.of(), "trial", tokens.longestLife()));
  }
}
