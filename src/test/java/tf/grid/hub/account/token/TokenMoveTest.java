package tf.grid.hub.account.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.token.Tokens.TokenLimits;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.account.DatabaseTokens;
import tf.grid.hub.catalogue.postgresql.account.MovedTokens;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.catalogue.transfer.MoveReport;
import tf.grid.hub.catalogue.transfer.TokenMove;

/** Tokens of a file that become rows of a real PostgreSQL, and lines of a file again. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class TokenMoveTest {
  private static final AccountName ALICE = new AccountName("alice");
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path directory;
  private final List<String> lines = new ArrayList<>();
  private Database database;
  private QuickDatabase quick;
  private MovedTokens rows;

  @BeforeEach
  void open() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    database = Database.open(server.settings(server.newDatabase(), 2));
    quick = database.quick();
    rows = new MovedTokens(database, "token-key");
  }

  @AfterEach
  void close() {
    quick.close();
    database.close();
  }

  private static Tokens tokens(SigningKey key, TokenLedger ledger) {
    return new Tokens(
        new HubTokens(key, "https://hub.example", CLOCK),
        ledger,
        new TokenLimits(Duration.ofDays(1), 10),
        CLOCK);
  }

  private Tokens inFile(String hub) throws Exception {
    return tokens(
        SigningKey.of(directory.resolve(hub + ".pem")),
        TokenFile.open(directory.resolve(hub + ".sqlite3"), CLOCK.instant(), () -> {}));
  }

  private Tokens inDatabase() throws Exception {
    return tokens(
        SigningKey.of(rows.key().orElseThrow(), "the database"), new DatabaseTokens(quick));
  }

  private TokenMove move(String hub) {
    return new TokenMove(
        directory.resolve(hub + ".pem"),
        directory.resolve(hub + ".sqlite3"),
        rows,
        CLOCK.instant(),
        new MoveReport(lines::add));
  }

  private static IssuedToken issue(Tokens tokens, String label) {
    return tokens.issue(TokenRequest.full(ALICE, Set.of(), label, Duration.ofHours(2)));
  }

  @Test
  void good_tokens_stay_good_and_revoked_ones_revoked_on_the_way_there_and_back() throws Exception {
    IssuedToken kept;
    IssuedToken revokedBefore;
    IssuedToken revokedThere;
    List<TokenRecord> before;
    try (Tokens file = inFile("old")) {
      kept = issue(file, "kept \ud83d\ude00");
      revokedBefore = issue(file, "revoked before");
      revokedThere = issue(file, "revoked there");
      assertThat(file.check(kept.text())).isPresent();
      assertThat(file.revoke(ALICE, revokedBefore.claims().id())).isTrue();
      before = file.of(ALICE);
    }
    move("old").toDatabase();
    IssuedToken made;
    try (Tokens there = inDatabase()) {
      assertThat(there.of(ALICE)).isEqualTo(before);
      assertThat(there.check(kept.text())).isPresent();
      assertThat(there.check(revokedBefore.text())).isEmpty();
      assertThat(there.revoke(ALICE, revokedThere.claims().id())).isTrue();
      made = issue(there, "made there");
    }
    move("old").toDatabase();
    assertThat(lines)
        .containsExactly(
            "note: all tokens were imported before, and those of the database are the valid ones");
    try (Tokens there = inDatabase()) {
      assertThat(there.check(revokedThere.text())).isEmpty();
      assertThat(there.check(kept.text())).isPresent();
    }

    for (String hub : List.of("old", "new")) {
      move(hub).toDirectory();
      move(hub).toDirectory();
      try (Tokens file = inFile(hub)) {
        assertThat(file.check(kept.text())).isPresent();
        assertThat(file.check(made.text())).isPresent();
        assertThat(file.check(revokedBefore.text())).isEmpty();
        assertThat(file.check(revokedThere.text())).isEmpty();
        assertThat(file.of(ALICE)).hasSize(2);
      }
    }
  }

  @Test
  void a_token_that_was_used_once_cannot_be_made_from_all_that_is_kept() throws Exception {
    IssuedToken token;
    try (Tokens file = inFile("old")) {
      token = issue(file, "first used there");
    }
    move("old").toDatabase();
    // The same content, signed with the same key; only the random part is another.
    SigningKey stolen = SigningKey.of(rows.key().orElseThrow(), "the database");
    String forged = new HubTokens(stolen, "https://hub.example", CLOCK).sign(token.claims());
    try (Tokens there = inDatabase()) {
      assertThat(there.check(token.text())).isPresent();
      assertThat(there.check(forged)).isEmpty();
      assertThat(there.check(token.text())).isPresent();
    }
  }

  @Test
  void tokens_are_left_out_where_another_key_is() throws Exception {
    try (Tokens file = inFile("one")) {
      var unused = issue(file, "of one");
    }
    try (Tokens file = inFile("other")) {
      var unused = issue(file, "of the other");
    }
    move("one").toDatabase();
    move("other").toDatabase();
    move("other").toDirectory();
    assertThat(lines)
        .hasSize(2)
        .allMatch(line -> line.startsWith("different: all tokens are signed with another key"));
    assertThat(labels()).containsExactly("of one");
    try (Tokens other = inFile("other")) {
      assertThat(other.of(ALICE)).extracting(TokenRecord::label).containsExactly("of the other");
    }
  }

  private List<String> labels() throws IOException {
    return rows.all(CLOCK.instant()).stream().map(TokenRecord::label).toList();
  }
}
