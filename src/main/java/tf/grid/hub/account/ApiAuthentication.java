package tf.grid.hub.account;

/**
 * How callers of the API are recognised.
 *
 * @param open whether authentication is off and everyone is {@code Administrator}
 * @param tokens the tokens that are good
 */
public record ApiAuthentication(boolean open, TokenVerifier tokens) {}
