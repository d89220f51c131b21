package tf.grid.hub.account.token;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.CompactJws;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.TokenVerifier;

/**
 * Creates and verifies the text of the hub's own tokens: MicroProfile JWTs, only RS256 with the
 * hub's key, independent of the header of a token. Thread-safe.
 */
public final class HubTokens implements TokenVerifier {

  private static final String ALGORITHM = AlgorithmIdentifiers.RSA_USING_SHA256;
  private static final AlgorithmConstraints ONLY_OURS =
      new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHM);
  private static final int CLOCK_STEP_SECONDS = 60;
  private static final int NONCE_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SigningKey key;
  private final String issuer;
  private final Clock clock;

  /**
   * Signs and verifies with this key.
   *
   * @param issuer the hub's public URL; also the audience of its tokens
   */
  public HubTokens(SigningKey key, String issuer, Clock clock) {
    this.key = key;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** Creates a token that is valid from now on. */
  IssuedToken issue(TokenRequest request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    TokenClaims claims =
        new TokenClaims(
            UUID.randomUUID().toString(),
            request.owner(),
            request.memberOf(),
            request.scopes(),
            request.repository(),
            request.label(),
            now,
            now.plus(request.life()));
    return new IssuedToken(sign(claims), claims);
  }

  String sign(TokenClaims token) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(ALGORITHM);
    signature.setHeader("typ", "JWT");
    signature.setPayload(encode(token).toJson());
    signature.setKey(key.secret());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("tried to sign a token but the key does not work", e);
    }
  }

  /**
   * What nobody can guess who knows the key and all that is kept of a token: a ledger that keeps a
   * digest of tokens need not keep the key secret.
   */
  private static String random() {
    byte[] bits = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  private JwtClaims encode(TokenClaims token) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(issuer);
    claims.setSubject(token.owner().value());
    claims.setStringClaim("upn", token.owner().value());
    claims.setStringListClaim("groups", List.of(Caller.USER));
    claims.setStringListClaim(
        "memberof", token.memberOf().stream().map(AccountName::value).sorted().toList());
    claims.setStringClaim("scope", Scope.format(token.scopes()));
    token.repository().ifPresent(name -> claims.setStringClaim("repository", name.value()));
    claims.setStringClaim("label", token.label());
    claims.setJwtId(token.id());
    claims.setStringClaim("nonce", random());
    claims.setIssuedAt(NumericDate.fromSeconds(token.issued().getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(token.expires().getEpochSecond()));
    return claims;
  }

  @Override
  public Optional<Caller> check(String token) {
    return CompactJws.caller(token, this::consumer, claims -> decode(claims).caller(issuer));
  }

  private JwtConsumer consumer() {
    return new JwtConsumerBuilder()
        .setVerificationKey(key.open())
        .setJwsAlgorithmConstraints(ONLY_OURS)
        .setExpectedIssuer(issuer)
        .setExpectedAudience(issuer)
        .setRequireSubject()
        .setRequireJwtId()
        .setRequireIssuedAt()
        .setIssuedAtRestrictions(CLOCK_STEP_SECONDS, Integer.MAX_VALUE)
        .setRequireExpirationTime()
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .build();
  }

  private static TokenClaims decode(JwtClaims claims) throws MalformedClaimException {
    if (!claims.hasClaim("scope") || !claims.hasClaim("memberof")) {
      throw new MalformedClaimException("scope and memberof are part of every token");
    }
    return new TokenClaims(
        claims.getJwtId(),
        new AccountName(claims.getSubject()),
        claims.getStringListClaimValue("memberof").stream()
            .map(AccountName::new)
            .collect(Collectors.toUnmodifiableSet()),
        Scope.parse(claims.getStringClaimValue("scope")),
        Optional.ofNullable(claims.getStringClaimValue("repository")).map(AccountName::new),
        claims.hasClaim("label") ? claims.getStringClaimValue("label") : "",
        Instant.ofEpochSecond(claims.getIssuedAt().getValue()),
        Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
  }
}
