package tf.grid.hub.account.login;

import java.time.Duration;

/** The server has as many sessions as it takes; those that nobody uses end by themselves. */
public final class TooManySessions extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** When another try is worth it. */
  public static final Duration PAUSE = Duration.ofMinutes(1);

  TooManySessions(IllegalStateException cause) {
    super("too many are signed in or signing in: try again later", cause);
  }
}
