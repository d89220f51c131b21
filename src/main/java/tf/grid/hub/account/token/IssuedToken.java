package tf.grid.hub.account.token;

/**
 * A new token.
 *
 * @param text the token itself; shown once and not stored
 * @param claims its content
 */
public record IssuedToken(String text, TokenClaims claims) {

  @Override
  public String toString() {
    return "token " + claims.id() + " (redacted)";
  }
}
