package tf.grid.hub.account.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.problem.Problem;

/**
 * Sessions, by a digest of what the browser has, from which that cannot be computed. Thread-safe.
 *
 * <p>All methods may throw an unchecked {@link Problem} if sessions cannot be read or written.
 */
public interface SessionStore {

  /**
   * Adds a session.
   *
   * @throws TooManySessionsException if there is no room for one more
   */
  void add(String digest, Session session, Instant now);

  /**
   * Returns a session that has not ended, and notes its use, to a twentieth of the time without a
   * request.
   *
   * @param idle a session that was not used for this time has ended
   */
  Optional<Session> use(String digest, Instant now, Duration idle);

  /** Ends a session. */
  void remove(String digest);

  /** Ends all sessions of a user. */
  void removeAll(AccountName account);

  /**
   * Ends a sign-in, so that nothing can be used twice.
   *
   * @param state of the sign-in
   * @param forgotten until when it is remembered
   * @return false if it has ended before
   */
  boolean end(String state, Instant now, Instant forgotten);

  /** There is no room for one more session. Unused ones expire. */
  final class TooManySessionsException extends RuntimeException implements Problem {
    private static final long serialVersionUID = 1;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    TooManySessionsException() {
      super("too many are signed in: try again later", null, false, false);
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(PAUSE);
    }
  }
}
