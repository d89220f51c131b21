package tf.grid.hub.account.token;

/**
 * A token that was just made.
 *
 * @param text what the user sends; shown once, kept nowhere
 * @param claims what it says
 */
public record IssuedToken(String text, TokenClaims claims) {

  @Override
  public String toString() {
    return "token " + claims.id() + " (redacted)";
  }
}
