package tf.grid.hub.image;

/**
 * Credentials for a registry. Kept for one request and never logged.
 *
 * @param user the user name
 * @param password the password or an access token
 */
public record Credentials(String user, String password) {

  /**
   * Validates both.
   *
   * @throws IllegalArgumentException if the name is empty or contains a colon or control characters
   */
  public Credentials {
    if (user.isEmpty()
        || user.indexOf(':') >= 0
        || user.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the user name for a registry is empty or has a colon or a control character");
    }
  }

  @Override
  public String toString() {
    return "**redacted**";
  }
}
