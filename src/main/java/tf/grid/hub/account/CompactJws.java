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
 * What a signed token looks like (RFC 7515, compact serialization). Anything else, encrypted tokens
 * above all, is not even decoded. Stateless.
 */
public final class CompactJws {

  private static final Pattern THREE_PARTS = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private CompactJws() {}

  /**
   * Who has a token.
   *
   * @param consumer knows who may have signed it and what it must say
   * @param reader makes a caller of what it says
   * @return empty if the token is not signed so, or the reader refuses what it says
   */
  public static Optional<Caller> caller(
      String token, Supplier<JwtConsumer> consumer, ClaimsReader reader) {
    if (token.length() > TokenVerifier.MAX_LENGTH || !THREE_PARTS.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      JwtContext read = consumer.get().process(token);
      boolean wrapped = read.getJoseObjects().size() != 1; // a token in a token
      return wrapped ? Optional.empty() : Optional.of(reader.caller(read.getJwtClaims()));
    } catch (InvalidJwtException
        | MalformedClaimException
        | IllegalArgumentException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Makes a caller of the claims of a token whose signature is good. */
  @FunctionalInterface
  public interface ClaimsReader {
    /**
     * Reads the claims.
     *
     * @throws MalformedClaimException when one is missing or of another type; like {@link
     *     IllegalArgumentException} and {@link DateTimeException}, it refuses the token
     */
    Caller caller(JwtClaims claims) throws MalformedClaimException;
  }
}
