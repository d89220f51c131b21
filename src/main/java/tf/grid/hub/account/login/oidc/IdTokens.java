package tf.grid.hub.account.login.oidc;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import tf.grid.hub.account.login.SignInAttempt;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.json.BoundedJson;

/**
 * Verifies the ID tokens of a provider (OpenID Connect Core 1.0, section 3.1.3.7): signature,
 * issuer, audience, authorized party, times and nonce. Thread-safe.
 */
final class IdTokens {

  private static final int CLOCK_SKEW_SECONDS = 60;

  /** Signatures with a public key; never {@code none} or a shared secret. */
  private static final AlgorithmConstraints ALGORITHMS =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
          AlgorithmIdentifiers.EDDSA);

  private final OpenIdConnectSettings settings;
  private final Clock clock;

  IdTokens(OpenIdConnectSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Verifies a token and returns its claims.
   *
   * @throws IOException if the token is invalid, or the provider's keys are unavailable
   */
  JsonObject verify(String token, SignInAttempt attempt, OpenIdProvider provider)
      throws IOException {
    JwtClaims claims;
    try {
      claims = claims(token, provider.keys(false));
    } catch (InvalidJwtException e) {
      if (!(e.getCause() instanceof UnresolvableKeyException)) {
        throw refused(e);
      }
      // The provider may have changed its keys since they were fetched.
      claims = claimsByNewKeys(token, provider);
    }
    requireMadeFor(claims, attempt);
    try {
      return BoundedJson.object(claims.getRawJson().getBytes(StandardCharsets.UTF_8));
    } catch (MalformedBodyException e) {
      throw new IOException("the ID token has no JSON object", e);
    }
  }

  private JwtClaims claimsByNewKeys(String token, OpenIdProvider provider) throws IOException {
    try {
      return claims(token, provider.keys(true));
    } catch (InvalidJwtException e) {
      throw refused(e);
    }
  }

  private JwtClaims claims(String token, List<JsonWebKey> keys) throws InvalidJwtException {
    JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(keys);
    resolver.setDisambiguateWithVerifySignature(true);
    JwtContext read =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(resolver)
            .setJwsAlgorithmConstraints(ALGORITHMS)
            .setExpectedIssuer(settings.issuer())
            .setExpectedAudience(settings.clientId())
            .setRequireSubject()
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
            .build()
            .process(token);
    return read.getJwtClaims();
  }

  private void requireMadeFor(JwtClaims claims, SignInAttempt attempt) throws IOException {
    try {
      String nonce = claims.getStringClaimValue("nonce");
      String party = claims.getStringClaimValue("azp");
      boolean ours =
          nonce != null
              && MessageDigest.isEqual(
                  nonce.getBytes(StandardCharsets.UTF_8),
                  attempt.nonce().getBytes(StandardCharsets.UTF_8))
              && (party == null || party.equals(settings.clientId()));
      if (!ours) {
        throw new IOException("the ID token is not for this sign-in");
      }
    } catch (MalformedClaimException e) {
      throw new IOException("the ID token has a claim of the wrong type", e);
    }
  }

  /** The message of the cause would contain the token. */
  private static IOException refused(InvalidJwtException e) {
    return new IOException(
        "the ID token is invalid: "
            + e.getErrorDetails().stream()
                .map(error -> error.getErrorMessage().split(" JwtContext", 2)[0])
                .toList());
  }
}
