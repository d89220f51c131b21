package tf.grid.hub.image;

/**
 * Who asks a registry. Lives as long as one request; never logged.
 *
 * @param user the user's name
 * @param password the password, or an access token that stands for it
 */
public record Credentials(String user, String password) {

  /**
   * Checks that both can be sent.
   *
   * @throws IllegalArgumentException if the name is empty or has a colon or control characters
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
