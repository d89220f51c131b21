package tf.grid.hub.account.token;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.problem.Problem;

/**
 * What is known of all tokens that have not expired. Changes are durable when a method returns.
 * Thread-safe.
 *
 * <p>All methods throw {@link TokenLedgerException}, or another {@link Problem} that is unchecked,
 * if the ledger cannot be read or written.
 */
public interface TokenLedger extends Closeable {

  /** Adds a new token. */
  void add(IssuedToken token);

  /**
   * Revokes a token permanently.
   *
   * @return whether the owner had this token and it was not revoked before
   */
  boolean revoke(AccountName owner, String id, Instant now);

  /**
   * Revokes all tokens of a user permanently.
   *
   * @return the number of valid tokens that were revoked
   */
  int revokeAll(AccountName owner, Instant now);

  /**
   * Returns whether a token was added and not revoked, and notes the hour of its use.
   *
   * @param text the token, whose signature is valid
   * @param caller its content
   */
  boolean use(String text, Caller caller, Instant now);

  /** Deletes tokens that had expired at this time. */
  void purge(Instant now);

  /** Returns the valid tokens of a user, newest first. */
  List<TokenRecord> of(AccountName owner, Instant now);

  /** Returns the number of valid tokens of a user. */
  int count(AccountName owner, Instant now);

  /**
   * Copies the ledger while it is in use.
   *
   * @param copy is created, readable by its owner only
   * @throws UnsupportedOperationException if the ledger is not a file
   */
  void copyTo(Path copy) throws IOException;

  /** Reads, and finds out whether changes are possible. */
  void probe();

  /** Tokens cannot be read or stored. The message is for the operator. */
  final class TokenLedgerException extends RuntimeException implements Problem {
    private static final long serialVersionUID = 1;

    private static final Duration PAUSE = Duration.ofSeconds(60);

    TokenLedgerException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String publicMessage() {
      return "the hub cannot write down tokens at the moment, tell its operator";
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(PAUSE);
    }

    @Override
    public void logTo(System.Logger log) {
      log.log(Level.ERROR, "tokens: {0}", getMessage());
    }
  }
}
