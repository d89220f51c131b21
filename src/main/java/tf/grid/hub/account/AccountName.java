package tf.grid.hub.account;

import java.nio.charset.StandardCharsets;

/**
 * The name of a user or of an account that users act for. It is also the name of a repository, so
 * it obeys the rules for names: not empty, no slash, no control character, no leading dot.
 *
 * @param value the name, at most {@value #MAX_BYTES} bytes of UTF-8
 */
public record AccountName(String value) {

  /** What a directory's name may have. */
  public static final int MAX_BYTES = 255;

  /** Who everyone is on a hub without authentication. */
  public static final AccountName ADMINISTRATOR = new AccountName("Administrator");

  /** Who the fixed guest token stands for. */
  public static final AccountName GUEST = new AccountName("guest");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException saying what an account name must be
   */
  public AccountName {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "an account name has 1 to "
              + MAX_BYTES
              + " bytes, no slash, no control character and no leading dot");
    }
  }

  /** Whether a text could be an account's name. */
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
