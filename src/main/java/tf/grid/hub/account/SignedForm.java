package tf.grid.hub.account;

import java.util.regex.Pattern;

/**
 * What a signed token looks like (RFC 7515, compact serialization). Anything else, encrypted tokens
 * above all, is not even decoded. Stateless.
 */
public final class SignedForm {

  private static final Pattern THREE_PARTS = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private SignedForm() {}

  /** Whether a token is three parts of base64url, and not too long. */
  public static boolean of(String token) {
    return token.length() <= TokenCheck.MAX_LENGTH && THREE_PARTS.matcher(token).matches();
  }
}
