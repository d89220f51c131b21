package tf.grid.hub.account.token;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.TokenVerifier;
import tf.grid.hub.account.token.TokenLedger.TokenLedgerException;

/**
 * The hub's own tokens, from creation to expiry or revocation. A token is valid if its signature is
 * valid and it is in the ledger; a revoked token is rejected by the next check, even if its
 * signature was cached. Thread-safe.
 */
public final class Tokens implements TokenVerifier, Closeable {

  private static final Duration BETWEEN_PURGES = Duration.ofHours(6);

  private final HubTokens signed;
  private final TokenVerifier remembered;
  private final TokenLedger ledger;
  private final TokenLimits limits;
  private final Clock clock;

  private volatile Instant nextPurge;

  /**
   * Keeps tokens in a ledger.
   *
   * @param signed creates and verifies the text of tokens
   * @param ledger is closed with this
   */
  public Tokens(HubTokens signed, TokenLedger ledger, TokenLimits limits, Clock clock) {
    this.signed = signed;
    this.remembered = new CachingTokenVerifier(signed, clock);
    this.ledger = ledger;
    this.limits = limits;
    this.clock = clock;
    this.nextPurge = clock.instant().plus(BETWEEN_PURGES);
  }

  /** Maximum lifetime of a token. */
  public Duration longestLife() {
    return limits.longestLife();
  }

  /**
   * Creates a token.
   *
   * @throws TooManyTokensException if the user has reached the maximum number of tokens
   * @throws TokenLedgerException if the token cannot be stored; it is not valid then
   */
  public IssuedToken issue(TokenRequest request) {
    purge();
    if (ledger.count(request.owner(), clock.instant()) >= limits.perUser()) {
      throw new TooManyTokensException(limits.perUser());
    }
    IssuedToken token = signed.issue(request.livingAtMost(limits.longestLife()));
    ledger.add(token);
    return token;
  }

  /** Returns the valid tokens of a user, newest first. */
  public List<TokenRecord> of(AccountName owner) {
    return ledger.of(owner, clock.instant());
  }

  /**
   * Revokes a token, effective immediately and after a crash.
   *
   * @return whether the user had this token
   * @throws TokenLedgerException if the revocation cannot be stored; the token remains valid then
   */
  public boolean revoke(AccountName owner, String id) {
    return ledger.revoke(owner, id, clock.instant());
  }

  /**
   * Revokes all tokens of a user, effective immediately and after a crash.
   *
   * @return the number of tokens that were revoked
   * @throws TokenLedgerException if the revocation cannot be stored; all remain valid then
   */
  public int revokeAll(AccountName owner) {
    return ledger.revokeAll(owner, clock.instant());
  }

  /**
   * Verifies a token.
   *
   * @throws TokenLedgerException if the ledger cannot be read, or another unchecked {@link
   *     tf.grid.hub.problem.Problem}
   */
  @Override
  public Optional<Caller> check(String token) {
    return remembered.check(token).filter(caller -> ledger.use(token, caller, clock.instant()));
  }

  private void purge() {
    Instant now = clock.instant();
    if (!now.isBefore(nextPurge)) {
      nextPurge = now.plus(BETWEEN_PURGES);
      ledger.purge(now);
    }
  }

  /**
   * Finds out whether the ledger can be read and written.
   *
   * @throws TokenLedgerException if it cannot
   */
  public void probe() {
    ledger.probe();
  }

  /**
   * Copies the ledger while it is in use.
   *
   * @param file is created, readable by its owner only
   * @throws TokenLedgerException if that is not possible
   * @throws UnsupportedOperationException if the ledger is not a file
   */
  public void copyTo(Path file) throws IOException {
    ledger.copyTo(file);
  }

  @Override
  public void close() throws IOException {
    ledger.close();
  }

  /**
   * Limits for tokens.
   *
   * @param longestLife maximum lifetime of a token
   * @param perUser maximum number of tokens per user
   */
  public record TokenLimits(Duration longestLife, int perUser) {

    private static final int USUAL_PER_USER = 500;

    /** Returns the default number of tokens with a lifetime. */
    public static TokenLimits withLife(Duration longest) {
      return new TokenLimits(longest, USUAL_PER_USER);
    }
  }

  /** The user has reached the maximum number of tokens. */
  public static final class TooManyTokensException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyTokensException(int most) {
      super("you have " + most + " tokens, which is the most: revoke some that are not needed");
    }
  }
}
