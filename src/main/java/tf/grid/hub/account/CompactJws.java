package tf.grid.hub.account;

import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtContext;

/**
 * Parses signed tokens (JWS compact serialization, RFC 7515). All other forms, in particular
 * encrypted tokens, are rejected without decoding.
 */
public final class CompactJws {

  private static final Pattern THREE_PARTS = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private CompactJws() {}

  /**
   * Verifies a token and returns its caller.
   *
   * @param consumer verifies signature and claims
   * @param reader converts the claims to a caller
   * @return empty if the token is invalid or the reader rejects its claims
   */
  public static Optional<Caller> caller(
      String token, Supplier<JwtConsumer> consumer, ClaimsReader reader) {
    if (token.length() > TokenVerifier.MAX_LENGTH || !THREE_PARTS.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      JwtContext read = consumer.get().process(token);
      boolean wrapped = read.getJoseObjects().size() != 1; // nested token
      return wrapped ? Optional.empty() : Optional.of(reader.caller(read.getJwtClaims()));
    } catch (InvalidJwtException
        | MalformedClaimException
        | IllegalArgumentException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Converts the claims of a verified token to a caller. */
  @FunctionalInterface
  public interface ClaimsReader {
    /**
     * Reads the claims.
     *
     * @throws MalformedClaimException if a claim is missing or has the wrong type; like {@link
     *     IllegalArgumentException} and {@link DateTimeException}, this rejects the token
     */
    Caller caller(JwtClaims claims) throws MalformedClaimException;
  }
}
