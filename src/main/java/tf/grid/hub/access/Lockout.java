package tf.grid.hub.access;

import jakarta.inject.Inject;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.bean.SingletonBean;

/** Ends everything that somebody is signed in with, for example after a theft. Thread-safe. */
@SingletonBean
public class Lockout {
  private final Tokens tokens;
  private final WebSessions sessions;

  @Inject
  public Lockout(Tokens tokens, WebSessions sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /**
   * Revokes all tokens of an account and ends its browser sessions. The user can sign in again.
   *
   * @return the number of tokens that were revoked
   * @throws tf.grid.hub.account.token.TokenLedger.TokenLedgerException if that cannot be stored
   */
  public int of(AccountName account) {
    // Sessions first: they can create tokens.
    sessions.endAll(account);
    return tokens.revokeAll(account);
  }
}
