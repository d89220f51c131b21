package tf.grid.hub.account;

/**
 * Authentication of API requests.
 *
 * @param open whether authentication is off and every caller is {@code Administrator}
 * @param tokens verifies bearer tokens
 */
public record ApiAuthentication(boolean open, TokenVerifier tokens) {}
