package tf.grid.hub.catalogue.postgresql.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.session.Session;
import tf.grid.hub.account.session.SessionStore;
import tf.grid.hub.account.session.SessionsContract;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;

/** The contract, with sessions in a real PostgreSQL. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class DatabaseSessionsTest extends SessionsContract {
  private static final Duration IDLE = Duration.ofHours(1);

  private Database database;
  private QuickDatabase quick;
  private DatabaseSessions sessions;

  @Override
  protected SessionStore open() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    database = Database.open(server.settings(server.newDatabase(), 1));
    quick = database.quick();
    sessions = new DatabaseSessions(quick);
    return sessions;
  }

  @AfterEach
  void close() {
    quick.close();
    database.close();
  }

  @Override
  protected void forgetWhatWasAsked() {
    sessions.forget();
  }

  @Test
  void a_session_of_one_hub_is_known_at_the_other_until_either_ends_it() {
    DatabaseSessions other = new DatabaseSessions(quick);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Session session = new Session(new AccountName("erin"), Set.of(), now.plus(IDLE));
    sessions.add("one", session, now);
    assertThat(sessions.use("one", now, IDLE)).contains(session);
    assertThat(other.use("one", now, IDLE)).contains(session);

    other.remove("one");

    assertThat(other.use("one", now, IDLE)).isEmpty();
    Await.until("the first hub has heard", () -> sessions.use("one", now, IDLE).isEmpty());
  }

  @Test
  void the_oldest_of_very_many_sessions_of_a_user_end() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < 101; i++) {
      Session session = new Session(new AccountName("erin"), Set.of(), now.plus(IDLE));
      sessions.add("session" + i, session, now.plusMillis(i));
    }
    assertThat(sessions.use("session0", now, IDLE)).isEmpty();
    assertThat(sessions.use("session1", now, IDLE)).isPresent();
    assertThat(sessions.use("session100", now, IDLE)).isPresent();
  }
}
