package tf.grid.hub.account.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.session.SessionStore.TooManySessionsException;

/** The contract, with sessions in memory. */
class MemorySessionsTest extends SessionsContract {

  @Override
  protected SessionStore open() {
    return new MemorySessions();
  }

  @Override
  protected void forgetWhatWasAsked() {
    // Nothing is asked twice.
  }

  @Test
  void no_more_than_so_many_are_signed_in_until_others_end() {
    Instant now = Instant.parse("2026-03-01T10:00:00Z");
    MemorySessions two = new MemorySessions(2);
    Session session = new Session(new AccountName("erin"), Set.of(), now.plusSeconds(60));
    two.add("one", session, now);
    two.add("two", session, now);

    assertThatThrownBy(() -> two.add("three", session, now))
        .isInstanceOfSatisfying(
            TooManySessionsException.class, e -> assertThat(e.status()).isEqualTo(503));
    two.add("four", session, now.plusSeconds(60));
    assertThat(two.use("one", now, Duration.ofHours(1))).isEmpty();
  }
}
