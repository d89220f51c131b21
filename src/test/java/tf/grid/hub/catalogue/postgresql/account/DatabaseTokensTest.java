package tf.grid.hub.catalogue.postgresql.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.TokenLedger;
import tf.grid.hub.account.token.TokenRequest;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.account.token.TokensContract;
import tf.grid.hub.catalogue.postgresql.CuttingProxy;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;

/** The contract, with a ledger in a real PostgreSQL that two hubs share. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class DatabaseTokensTest extends TokensContract {

  private Database database;
  private QuickDatabase quick;

  @Override
  protected void newLedger() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    database = Database.open(server.settings(server.newDatabase(), 1));
    quick = database.quick();
  }

  @AfterEach
  void closeDatabase() {
    quick.close();
    database.close();
  }

  @Override
  protected TokenLedger openLedger(Instant now) {
    return new DatabaseTokens(quick);
  }

  @Override
  protected boolean isKept(String id) {
    return quick.run(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement("SELECT FROM token WHERE id = ?")) {
            query.setString(1, id);
            try (ResultSet found = query.executeQuery()) {
              return found.next();
            }
          }
        });
  }

  private Tokens other() {
    return tokens(new DatabaseTokens(quick));
  }

  @Test
  void a_token_of_one_hub_is_good_at_the_other_until_either_revokes_it() {
    Tokens other = other();
    for (Tokens revoking : new Tokens[] {tokens, other}) {
      IssuedToken token = tokens.issue(laptop(ALICE));
      assertThat(tokens.check(token.text())).isPresent();
      assertThat(other.check(token.text())).isPresent();
      assertThat(other.of(ALICE)).hasSize(1);

      assertThat(revoking.revoke(ALICE, token.claims().id())).isTrue();
      assertThat(revoking.check(token.text())).isEmpty();
      Await.until("the first hub refuses it", () -> tokens.check(token.text()).isEmpty());
      Await.until("the other hub refuses it", () -> other.check(token.text()).isEmpty());
    }
    IssuedToken last = tokens.issue(laptop(ALICE));
    assertThat(other.check(last.text())).isPresent();
    assertThat(tokens.revokeAll(ALICE)).isEqualTo(1);
    Await.until("the other hub refuses it", () -> other.check(last.text()).isEmpty());
  }

  @Test
  void who_knows_the_key_and_all_rows_cannot_make_a_token() {
    IssuedToken token = tokens.issue(laptop(ALICE));

    assertThat(tokens.check(forged(token))).isEmpty();
    assertThat(tokens.check(token.text())).isPresent();
  }

  @Test
  void labels_that_the_database_cannot_write_are_made_readable() {
    TokenRequest odd =
        TokenRequest.full(ALICE, Set.of(), "a \ud83d b \u202e \ud83d\ude00", Duration.ofHours(1));

    assertThat(tokens.check(tokens.issue(odd).text())).isPresent();
    assertThat(tokens.of(ALICE).get(0).label()).isEqualTo("a ? b \u202e \ud83d\ude00");
  }

  @Test
  void all_hubs_get_the_secret_of_the_first() {
    byte[] first = new DatabaseSecrets(quick).get("test", () -> new byte[] {1});
    byte[] second = new DatabaseSecrets(quick).get("test", () -> new byte[] {2});

    assertThat(first).containsExactly(1);
    assertThat(second).containsExactly(1);
  }

  @Test
  void without_the_database_no_token_is_good_or_bad() throws Exception {
    try (PostgresqlServer own = PostgresqlServer.start();
        Database stopped = Database.open(own.settings(own.newDatabase(), 1));
        QuickDatabase pool = stopped.quick();
        Tokens hub = tokens(new DatabaseTokens(pool))) {
      IssuedToken token = hub.issue(laptop(ALICE));
      assertThat(hub.check(token.text())).isPresent();
      own.stop();
      Await.until("the hub cannot check it any more", () -> isUnavailable(hub, token));
      assertThatThrownBy(() -> hub.issue(laptop(ALICE)))
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> {
                assertThat(e.status()).isEqualTo(503);
                assertThat(e.retryAfter()).isPresent();
              });
      assertThatThrownBy(hub::probe).isInstanceOf(DatabaseException.class);
      own.restart();
      Await.until("it is good again", () -> !isUnavailable(hub, token));
    }
  }

  @Test
  void a_database_that_hangs_is_given_up_and_used_again() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (CuttingProxy network = new CuttingProxy(server.port());
        Database behind = Database.open(settings(network, server.newDatabase()));
        QuickDatabase pool = behind.quick();
        Tokens hub = tokens(new DatabaseTokens(pool))) {
      IssuedToken token = hub.issue(laptop(ALICE));
      assertThat(hub.check(token.text())).isPresent();
      network.hang(true);
      Await.until("the hub notices it", () -> isUnavailable(hub, token));
      List<Future<Boolean>> checks = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        checks.add(threads.submit(() -> isUnavailable(hub, token)));
      }
      for (Future<Boolean> check : checks) {
        assertThat(Await.result(check)).isTrue();
      }
      network.hang(false);
      Await.until("it is good again", () -> !isUnavailable(hub, token));
    } finally {
      threads.shutdownNow();
    }
  }

  private static DatabaseSettings settings(CuttingProxy network, String database) {
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(network.port(), database);
    return new DatabaseSettings(url, PostgresqlServer.USER, "", 1, Duration.ofMinutes(1));
  }

  private static boolean isUnavailable(Tokens hub, IssuedToken token) {
    try {
      assertThat(hub.check(token.text())).isPresent();
      return false;
    } catch (DatabaseException e) {
      assertThat(e.status()).isEqualTo(503);
      return true;
    }
  }
}
