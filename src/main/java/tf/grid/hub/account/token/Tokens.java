package tf.grid.hub.account.token;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.TokenVerifier;
import tf.grid.hub.account.token.TokenLedger.TokenLedgerException;

/**
 * The hub's own tokens, from creation to expiry or revocation. A token is valid if its signature is
 * valid and it is in the ledger; a revoked token is rejected by the next check, even if its
 * signature was cached. Thread-safe.
 */
public final class Tokens implements TokenVerifier, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Tokens.class.getName());
  private static final Duration BETWEEN_PURGES = Duration.ofHours(6);

  private final HubTokens signed;
  private final TokenVerifier remembered;
  private final TokenLedger ledger;
  private final TokenLimits limits;
  private final Clock clock;

  /** Tokens that are not revoked. Expired ones remain until the next purge. */
  private final Map<String, Use> live = new ConcurrentHashMap<>();

  private volatile Instant nextPurge;

  /** Owner and expiry of a token, and the hour of its last use known to this process. */
  private static final class Use {
    private final AccountName owner;
    private final Instant expires;
    private volatile Instant hour = Instant.MIN;

    Use(AccountName owner, Instant expires) {
      this.owner = owner;
      this.expires = expires;
    }
  }

  private Tokens(HubTokens signed, TokenLedger ledger, TokenLimits limits, Clock clock) {
    this.signed = signed;
    this.remembered = new CachingTokenVerifier(signed, clock);
    this.ledger = ledger;
    this.limits = limits;
    this.clock = clock;
    this.nextPurge = clock.instant();
    purge();
    ledger
        .live(clock.instant())
        .forEach(it -> live.put(it.id(), new Use(it.owner(), it.expires())));
  }

  /**
   * Opens the ledger.
   *
   * @param signed creates and verifies the text of tokens
   * @param file the ledger
   * @param roomMaker is run when the disk is full, before one more attempt
   * @throws TokenLedgerException if the file cannot be used
   */
  public static Tokens open(
      HubTokens signed, Path file, TokenLimits limits, Clock clock, Runnable roomMaker)
      throws IOException {
    return new Tokens(signed, TokenLedger.open(file, roomMaker), limits, clock);
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
    TokenClaims claims = token.claims();
    // Under the lock of the ledger, so that no token is added while all are revoked.
    synchronized (ledger) {
      ledger.add(claims);
      live.put(claims.id(), new Use(claims.owner(), claims.expires()));
    }
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
    boolean revoked = ledger.revoke(owner, id, clock.instant());
    if (revoked) {
      live.remove(id);
    }
    return revoked;
  }

  /**
   * Revokes all tokens of a user, effective immediately and after a crash.
   *
   * @return the number of tokens that were revoked
   * @throws TokenLedgerException if the revocation cannot be stored; all remain valid then
   */
  public int revokeAll(AccountName owner) {
    synchronized (ledger) {
      int revoked = ledger.revokeAll(owner, clock.instant());
      live.values().removeIf(use -> use.owner.equals(owner));
      return revoked;
    }
  }

  @Override
  public Optional<Caller> check(String token) {
    return remembered.check(token).filter(this::isLive);
  }

  private boolean isLive(Caller caller) {
    String id = caller.getTokenID();
    Use use = live.get(id);
    if (use == null || !use.owner.equals(caller.account())) {
      return false;
    }
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    if (hour.isAfter(use.hour)) {
      use.hour = hour;
      note(id, hour);
    }
    return true;
  }

  /** Failures are ignored, because a full disk must not lock users out. */
  private void note(String id, Instant hour) {
    try {
      ledger.used(id, hour);
    } catch (TokenLedgerException e) {
      LOG.log(Level.WARNING, "could not record the use of a token: {0}", e.getMessage());
    }
  }

  private void purge() {
    Instant now = clock.instant();
    if (!now.isBefore(nextPurge)) {
      nextPurge = now.plus(BETWEEN_PURGES);
      ledger.purge(now);
      live.values().removeIf(use -> !now.isBefore(use.expires));
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
   */
  public void copyTo(Path file) throws IOException {
    ledger.copyTo(file);
  }

  @Override
  public void close() throws SQLException {
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
