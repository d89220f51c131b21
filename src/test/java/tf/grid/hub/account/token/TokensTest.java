package tf.grid.hub.account.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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
import tf.grid.hub.account.token.TokenLedger.TokenLedgerException;
import tf.grid.hub.account.token.Tokens.TokenLimits;
import tf.grid.hub.account.token.Tokens.TooManyTokensException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");
  private static final AccountName ALICE = new AccountName("alice.3bot");
  private static final AccountName BOB = new AccountName("bob.3bot");
  private static final AccountName APPS = new AccountName("official-apps");
  private static final Duration DAY = Duration.ofDays(1);

  private SigningKey key;
  private Path ledger;
  private HandClock clock;
  private Tokens tokens;

  @BeforeAll
  void makeKey(@TempDir Path directory) throws Exception {
    key = SigningKey.of(directory.resolve("key.pem"));
  }

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    ledger = Files.createTempDirectory(directory, "hub").resolve("data/tokens.sqlite3");
    clock = new HandClock(NOW);
    reopen();
  }

  @AfterEach
  void close() throws Exception {
    tokens.close();
  }

  private void reopen() throws Exception {
    tokens =
        Tokens.open(
            new HubTokens(key, "https://hub.example", clock),
            ledger,
            new TokenLimits(DAY, 3),
            clock,
            () -> {});
  }

  private static TokenRequest laptop(AccountName owner) {
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
  void a_token_whose_id_is_known_for_another_owner_is_refused() throws Exception {
    IssuedToken token = tokens.issue(laptop(ALICE));
    tokens.close();
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement change = database.createStatement()) {
      change.executeUpdate("UPDATE tokens SET owner = '" + BOB.value() + "'");
    }
    reopen();

    assertThat(tokens.check(token.text())).isEmpty();
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
    clock.pass(DAY);

    assertThat(tokens.check(token.text())).isEmpty();
    assertThat(tokens.of(ALICE)).isEmpty();
    tokens.issue(laptop(BOB));
    assertThat(Files.readString(ledger, ISO_8859_1))
        .doesNotContain(token.claims().id())
        .contains("bob.3bot");
  }

  @Test
  void the_text_of_a_token_is_kept_nowhere() throws Exception {
    IssuedToken token = tokens.issue(laptop(ALICE));
    String signature = token.text().substring(token.text().lastIndexOf('.') + 1);

    assertThat(Files.readString(ledger, ISO_8859_1))
        .contains(token.claims().id())
        .doesNotContain(signature);
  }

  @Test
  void only_the_owner_of_the_hub_reads_the_ledger() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ledger)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_damaged_ledger_is_told() throws Exception {
    Path damaged = ledger.resolveSibling("damaged");
    Files.writeString(damaged, "this is no database, and long enough to be one ".repeat(100));

    assertThatThrownBy(() -> TokenLedger.open(damaged, () -> {}))
        .isInstanceOf(TokenLedgerException.class)
        .hasMessageContainingAll("damaged cannot be used", "all tokens become invalid");
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
