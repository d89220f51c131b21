package tf.grid.hub.access;

import java.time.Duration;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.token.HubTokens;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.TokenRequest;

/**
 * Signs anyone in as whoever they say they are, on a hub that only its own machine can reach.
 * Immutable.
 *
 * @param enabled whether the operator wants that
 * @param tokens makes the tokens
 * @param life of these tokens
 */
public record TrialSignIn(boolean enabled, HubTokens tokens, Duration life) {

  /** A token for a name. */
  IssuedToken token(AccountName name) {
    return tokens.issue(TokenRequest.full(name, Set.of(), "trial", life));
  }
}
