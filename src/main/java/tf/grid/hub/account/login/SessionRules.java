package tf.grid.hub.account.login;

import java.time.Duration;

/**
 * How long a browser stays signed in.
 *
 * @param idle without a request
 * @param life at most
 */
public record SessionRules(Duration idle, Duration life) {}
