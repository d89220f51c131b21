package tf.grid.hub.account.token;

/** The file that knows all tokens cannot be read or written; the message is for the operator. */
public final class TokenLedgerFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  TokenLedgerFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
