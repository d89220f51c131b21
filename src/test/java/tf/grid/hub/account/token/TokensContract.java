package tf.grid.hub.account.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.token.Tokens.TokenLimits;
import tf.grid.hub.account.token.Tokens.TooManyTokensException;

/** What every ledger of tokens does, on disk or in a database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TokensContract {

  private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");
  protected static final AccountName ALICE = new AccountName("alice.3bot");
  protected static final AccountName BOB = new AccountName("bob.3bot");
  private static final AccountName APPS = new AccountName("official-apps");
  private static final Duration DAY = Duration.ofDays(1);

  private SigningKey key;
  private HandClock clock;

  /** Those of the ledger under test. */
  protected Tokens tokens;

  /** Opens the ledger, which is empty only the first time in a test. */
  protected abstract TokenLedger openLedger(Instant now) throws Exception;

  /** Makes the next ledger an empty one. */
  protected abstract void newLedger() throws Exception;

  /** Whether anything is kept about a token. */
  protected abstract boolean isKept(String id) throws Exception;

  @BeforeAll
  void makeKey(@TempDir Path directory) throws Exception {
    key = SigningKey.of(directory.resolve("key.pem"));
  }

  @BeforeEach
  void open() throws Exception {
    newLedger();
    clock = new HandClock(NOW);
    reopen();
  }

  @AfterEach
  void close() throws Exception {
    tokens.close();
  }

  /** Opens the ledger again, as a hub that starts does. */
  protected final void reopen() throws Exception {
    tokens = tokens(openLedger(clock.instant()));
  }

  /** Another hub with the same key. */
  protected final Tokens tokens(TokenLedger ledger) {
    return new Tokens(
        new HubTokens(key, "https://hub.example", clock), ledger, new TokenLimits(DAY, 3), clock);
  }

  /** A token with the same key and content, as who has the key can make it. */
  protected final String forged(IssuedToken token) {
    return new HubTokens(key, "https://hub.example", clock).sign(token.claims());
  }

  /** A token as users make them. */
  protected static TokenRequest laptop(AccountName owner) {
    return TokenRequest.full(owner, Set.of(), "laptop", Duration.ofHours(2));
  }

  @Test
  void all_tokens_of_a_user_are_revoked_for_good_and_those_of_others_are_not() throws Exception {
    IssuedToken one = tokens.issue(laptop(ALICE));
    IssuedToken other = tokens.issue(laptop(ALICE));
    IssuedToken ofBob = tokens.issue(laptop(BOB));
    assertThat(tokens.check(one.text())).isPresent();

    assertThat(tokens.revokeAll(ALICE)).isEqualTo(2);

    for (int start = 0; start < 2; start++) {
      assertThat(tokens.check(one.text())).isEmpty();
      assertThat(tokens.check(other.text())).isEmpty();
      assertThat(tokens.check(ofBob.text())).isPresent();
      assertThat(tokens.of(ALICE)).isEmpty();
      tokens.close();
      reopen();
    }
    assertThat(tokens.revokeAll(ALICE)).isZero();
    assertThat(tokens.check(tokens.issue(laptop(ALICE)).text())).isPresent();
  }

  @Test
  void a_token_is_good_until_it_is_revoked() {
    IssuedToken token = tokens.issue(laptop(ALICE));
    assertThat(tokens.check(token.text())).map(Caller::account).contains(ALICE);

    assertThat(tokens.revoke(ALICE, token.claims().id())).isTrue();
    assertThat(tokens.check(token.text())).isEmpty();
    assertThat(tokens.of(ALICE)).isEmpty();
  }

  @Test
  void what_is_known_outlives_a_restart() throws Exception {
    IssuedToken kept = tokens.issue(laptop(ALICE));
    IssuedToken revoked = tokens.issue(laptop(ALICE));
    tokens.revoke(ALICE, revoked.claims().id());
    tokens.close();
    reopen();

    assertThat(tokens.check(kept.text())).isPresent();
    assertThat(tokens.check(revoked.text())).isEmpty();
    assertThat(tokens.of(ALICE)).extracting(TokenRecord::id).containsExactly(kept.claims().id());
  }

  @Test
  void a_well_signed_token_that_nobody_knows_is_refused() {
    String unknown = new HubTokens(key, "https://hub.example", clock).issue(laptop(ALICE)).text();

    assertThat(tokens.check(unknown)).isEmpty();
  }

  @Test
  void nobody_revokes_the_token_of_another_user() {
    IssuedToken token = tokens.issue(laptop(ALICE));

    assertThat(tokens.revoke(BOB, token.claims().id())).isFalse();
    assertThat(tokens.revoke(ALICE, "no such id")).isFalse();
    assertThat(tokens.check(token.text())).isPresent();
  }

  @Test
  void a_token_is_revoked_once() {
    IssuedToken token = tokens.issue(laptop(ALICE));

    assertThat(tokens.revoke(ALICE, token.claims().id())).isTrue();
    assertThat(tokens.revoke(ALICE, token.claims().id())).isFalse();
  }

  @Test
  void a_list_says_all_but_the_text() {
    TokenRequest request =
        new TokenRequest(
            ALICE, Set.of(), Set.of(Scope.WRITE), Optional.of(APPS), "build machine", DAY);
    IssuedToken token = tokens.issue(request);

    Instant issued = NOW.truncatedTo(ChronoUnit.SECONDS);
    assertThat(tokens.of(ALICE))
        .containsExactly(
            new TokenRecord(
                token.claims().id(),
                ALICE,
                "build machine",
                Set.of(Scope.WRITE),
                Optional.of(APPS),
                issued,
                issued.plus(DAY),
                Optional.empty()));
    assertThat(tokens.of(BOB)).isEmpty();
  }

  @Test
  void the_hour_of_the_last_use_is_noted() {
    IssuedToken token = tokens.issue(laptop(ALICE));
    clock.pass(Duration.ofHours(1));
    tokens.check(token.text());
    clock.pass(Duration.ofMinutes(5));
    tokens.check(token.text());

    assertThat(tokens.of(ALICE).get(0).used()).contains(Instant.parse("2026-03-01T13:00:00Z"));
  }

  @Test
  void no_token_lives_longer_than_allowed() {
    IssuedToken token = tokens.issue(TokenRequest.full(ALICE, Set.of(), "", Duration.ofDays(1000)));

    assertThat(token.claims().expires()).isEqualTo(token.claims().issued().plus(DAY));
  }

  @Test
  void what_expired_is_refused_and_forgotten() throws Exception {
    IssuedToken token = tokens.issue(laptop(ALICE));
    tokens.check(token.text());
    assertThat(isKept(token.claims().id())).isTrue();
    clock.pass(DAY);

    assertThat(tokens.check(token.text())).isEmpty();
    assertThat(tokens.of(ALICE)).isEmpty();
    tokens.issue(laptop(BOB));
    assertThat(isKept(token.claims().id())).isFalse();
    assertThat(tokens.of(BOB)).hasSize(1);
  }

  @Test
  void a_user_has_a_bounded_number_of_tokens() {
    IssuedToken first = tokens.issue(laptop(ALICE));
    for (int i = 1; i < 3; i++) {
      tokens.issue(laptop(ALICE));
    }
    assertThatThrownBy(() -> tokens.issue(laptop(ALICE)))
        .isInstanceOf(TooManyTokensException.class);
    tokens.revoke(ALICE, first.claims().id());
    assertThat(tokens.check(tokens.issue(laptop(ALICE)).text())).isPresent();
  }

  @Test
  void a_label_is_a_short_line() {
    assertThat(TokenRequest.isLabel("build machine 7")).isTrue();
    assertThat(TokenRequest.isLabel("two\nlines")).isFalse();
    assertThat(TokenRequest.isLabel("x".repeat(TokenRequest.MAX_LABEL + 1))).isFalse();
  }
}
