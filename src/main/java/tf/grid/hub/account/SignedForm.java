package tf.grid.hub.account;

import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtContext;

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

  /**
   * What a token says, once its signature is checked.
   *
   * @throws InvalidJwtException when it is not what the consumer wants
   * @throws MalformedClaimException when it only wraps another token
   */
  public static JwtClaims claims(JwtConsumer consumer, String token)
      throws InvalidJwtException, MalformedClaimException {
    JwtContext read = consumer.process(token);
    if (read.getJoseObjects().size() != 1) {
      throw new MalformedClaimException("a token in a token");
    }
    return read.getJwtClaims();
  }
}
