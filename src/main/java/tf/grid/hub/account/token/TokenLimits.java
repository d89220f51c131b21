package tf.grid.hub.account.token;

import java.time.Duration;

/**
 * How much of tokens there may be.
 *
 * @param longestLife of any token
 * @param perUser tokens that one user may have at a time
 */
public record TokenLimits(Duration longestLife, int perUser) {

  private static final int USUAL_PER_USER = 500;

  /** The usual number of tokens, with a life. */
  public static TokenLimits withLife(Duration longest) {
    return new TokenLimits(longest, USUAL_PER_USER);
  }
}
