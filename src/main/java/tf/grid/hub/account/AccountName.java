package tf.grid.hub.account;

import java.nio.charset.StandardCharsets;

/**
 * The name of a user, or of an account that users act for. It is also the name of that account's
 * repository, so it follows the rules for names: not empty, no slash, no control character, no
 * leading dot.
 *
 * @param value the name, at most {@value #MAX_BYTES} bytes in UTF-8
 */
public record AccountName(String value) {

  /** The maximum length of a directory name. */
  public static final int MAX_BYTES = 255;

  /** The account of all requests if authentication is off. */
  public static final AccountName ADMINISTRATOR = new AccountName("Administrator");

  /** The account of the fixed guest token. */
  public static final AccountName GUEST = new AccountName("guest");

  /**
   * Validates the name.
   *
   * @throws IllegalArgumentException if the name is invalid; the message states the rule
   */
  public AccountName {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "an account name has 1 to "
              + MAX_BYTES
              + " bytes, no slash, no control character and no leading dot");
    }
  }

  /** Returns whether a text is a valid account name. */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '.'
        && text.chars().noneMatch(c -> c == '/' || Character.isISOControl(c))
        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  @Override
  public String toString() {
    return value;
  }
}
