package tf.grid.hub.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.account.AccountName;

/** What every store of sessions does, in memory or in a database. */
public abstract class SessionsContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration IDLE = Duration.ofHours(1);
  private static final AccountName ERIN = new AccountName("erin");
  private static final AccountName FRANK = new AccountName("frank");

  private SessionStore store;

  /** Opens an empty store. */
  protected abstract SessionStore open() throws Exception;

  /** Lets a hub ask again, if it has asked lately. */
  protected abstract void forgetWhatWasAsked();

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  private static Session session(AccountName account, Duration life) {
    return new Session(
        account, Set.of(new AccountName("apps"), new AccountName("größe")), NOW.plus(life));
  }

  private boolean isKnown(String digest, Duration later) {
    forgetWhatWasAsked();
    return store.use(digest, NOW.plus(later), IDLE).isPresent();
  }

  @Test
  void a_session_is_found_as_it_was_added() {
    Session session = session(ERIN, Duration.ofHours(8));
    store.add("one", session, NOW);

    assertThat(store.use("one", NOW, IDLE)).contains(session);
    assertThat(store.use("two", NOW, IDLE)).isEmpty();
  }

  @Test
  void a_session_without_memberships_has_none() {
    store.add("one", new Session(ERIN, Set.of(), NOW.plus(IDLE)), NOW);
    assertThat(store.use("one", NOW, IDLE).orElseThrow().memberOf()).isEmpty();
  }

  @Test
  void a_session_ends_when_it_expires_however_much_it_is_used() {
    store.add("one", session(ERIN, Duration.ofMinutes(90)), NOW);
    assertThat(isKnown("one", Duration.ofMinutes(50))).isTrue();
    assertThat(isKnown("one", Duration.ofMinutes(89))).isTrue();
    assertThat(isKnown("one", Duration.ofMinutes(90))).isFalse();
  }

  @Test
  void a_session_ends_when_it_is_not_used() {
    store.add("one", session(ERIN, Duration.ofHours(8)), NOW);
    assertThat(isKnown("one", Duration.ofMinutes(50))).isTrue();
    assertThat(isKnown("one", Duration.ofMinutes(100))).isTrue();
    assertThat(isKnown("one", Duration.ofMinutes(160))).isFalse();
  }

  @Test
  void a_session_that_was_removed_is_not_found() {
    store.add("one", session(ERIN, IDLE), NOW);
    store.add("two", session(ERIN, IDLE), NOW);
    assertThat(store.use("one", NOW, IDLE)).isPresent();
    store.remove("one");
    store.remove("unknown");

    assertThat(store.use("one", NOW, IDLE)).isEmpty();
    assertThat(store.use("two", NOW, IDLE)).isPresent();
  }

  @Test
  void all_sessions_of_a_user_end_and_those_of_others_do_not() {
    store.add("one", session(ERIN, IDLE), NOW);
    store.add("two", session(ERIN, IDLE), NOW);
    store.add("frank", session(FRANK, IDLE), NOW);
    store.removeAll(ERIN);

    assertThat(store.use("one", NOW, IDLE)).isEmpty();
    assertThat(store.use("two", NOW, IDLE)).isEmpty();
    assertThat(store.use("frank", NOW, IDLE)).isPresent();
  }

  @Test
  void a_sign_in_ends_once() {
    Instant forgotten = NOW.plus(Duration.ofMinutes(10));
    assertThat(store.end("state", NOW, forgotten)).isTrue();
    assertThat(store.end("state", NOW, forgotten)).isFalse();
    assertThat(store.end("other", NOW, forgotten)).isTrue();
    assertThat(store.end("state", forgotten.minusMillis(1), forgotten)).isFalse();
  }
}
