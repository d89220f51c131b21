package tf.grid.hub.account.issuer;

import jakarta.json.JsonArray;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.TokenVerifier;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.json.BoundedJson;

/**
 * Tokens of the earlier hub: base64url of an Ed25519 signature followed by the JSON {@code
 * ["name.3bot", issued]} with Unix seconds. They have no expiry and cannot be revoked, so the
 * operator sets a maximum age, and they have the scopes read and write only.
 *
 * <p>Operators have the secret seed, and Ed25519 signatures are deterministic: a token is verified
 * by signing its content again and comparing in constant time. Thread-safe.
 */
public final class EarlierHubTokens implements TokenVerifier {

  /** Length of the seed in bytes. */
  public static final int SEED_BYTES = 32;

  private static final int SIGNATURE_BYTES = 64;
  private static final Duration CLOCK_STEP = Duration.ofMinutes(1);
  private static final Pattern USER = Pattern.compile("[a-z0-9][a-z0-9._-]*\\.3bot");

  private final PrivateKey key;
  private final Duration maxAge;
  private final Clock clock;

  /**
   * Creates a verifier for a seed.
   *
   * @param seed {@value #SEED_BYTES} bytes
   * @param maxAge how long after its creation a token is accepted
   */
  public EarlierHubTokens(byte[] seed, Duration maxAge, Clock clock) {
    this.maxAge = maxAge;
    this.clock = clock;
    try {
      this.key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.clone()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a seed has " + SEED_BYTES + " bytes", e);
    }
  }

  @Override
  public Optional<Caller> check(String token) {
    if (token.length() > MAX_LENGTH || token.indexOf('.') >= 0) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      byte[] signature = Arrays.copyOf(bytes, SIGNATURE_BYTES);
      byte[] content = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
      return MessageDigest.isEqual(signature, sign(content)) ? caller(content) : Optional.empty();
    } catch (IllegalArgumentException
        | ArrayIndexOutOfBoundsException
        | MalformedBodyException
        | ArithmeticException
        | ClassCastException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  private byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has Ed25519", e);
    }
  }

  private Optional<Caller> caller(byte[] content) throws MalformedBodyException {
    try {
      JsonArray said = BoundedJson.array(content);
      String user = said.getString(0);
      Instant issued = Instant.ofEpochSecond(said.getJsonNumber(1).longValueExact());
      Instant now = clock.instant();
      Instant expires = issued.plus(maxAge);
      boolean good =
          said.size() == 2
              && USER.matcher(user).matches()
              && !issued.isAfter(now.plus(CLOCK_STEP))
              && now.isBefore(expires);
      return good ? Optional.of(caller(user, issued, expires)) : Optional.empty();
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Caller caller(String user, Instant issued, Instant expires) {
    Set<Scope> scopes = EnumSet.of(Scope.READ, Scope.WRITE);
    return Caller.of(
        new AccountName(user),
        new Grant(Set.of(), scopes, Optional.empty(), expires),
        Map.of("iat", issued.getEpochSecond(), "exp", expires.getEpochSecond()));
  }
}
