package tf.grid.hub.account.issuer;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.CompactJws;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.TokenVerifier;

/**
 * Tokens of itsyou.online (deprecated): ES384, the user in {@code username}, memberships as {@code
 * user:memberof:<organisation>} in {@code scope}, the service that requested the token in {@code
 * azp}. Unless {@code azp} is checked, any service that receives a token could use it on this hub.
 * They have the scopes read and write. Thread-safe.
 */
public final class ItsyouOnlineTokens implements TokenVerifier {

  public static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;

  /** The claim that names the service that requested the token. */
  public static final String MADE_FOR = "azp";

  private static final String ISSUER = "itsyouonline";
  private static final String MEMBER_OF = "user:memberof:";

  private final IssuerKeys keys;
  private final Optional<String> client;
  private final Clock clock;

  /**
   * Creates a verifier.
   *
   * @param client the required {@code azp}; any, if empty
   * @throws IllegalArgumentException if there is no key for {@link #ALGORITHM}
   */
  public ItsyouOnlineTokens(IssuerKeys keys, Optional<String> client, Clock clock) {
    this.keys = keys.onlyFor(ALGORITHM);
    this.client = client;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> check(String token) {
    return CompactJws.caller(token, this::consumer, this::caller);
  }

  private JwtConsumer consumer() {
    return new JwtConsumerBuilder()
        .setVerificationKey(keys.keys().get(0).getPublicKey())
        .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHM))
        .setExpectedIssuer(ISSUER)
        .setSkipDefaultAudienceValidation()
        .setRequireExpirationTime()
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .build();
  }

  private Caller caller(JwtClaims claims) throws MalformedClaimException {
    if (client.isPresent() && !client.get().equals(claims.getClaimValue(MADE_FOR))) {
      throw new MalformedClaimException("made for another service");
    }
    if (!claims.hasClaim("username")) {
      throw new MalformedClaimException("username is part of every token");
    }
    Instant expires = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
    Set<AccountName> memberOf =
        scopes(claims).stream()
            .map(String::strip)
            .filter(scope -> scope.startsWith(MEMBER_OF))
            .map(scope -> scope.substring(MEMBER_OF.length()))
            .filter(AccountName::isValid)
            .map(AccountName::new)
            .collect(Collectors.toUnmodifiableSet());
    return Caller.of(
        new AccountName(claims.getStringClaimValue("username")),
        new Grant(memberOf, EnumSet.of(Scope.READ, Scope.WRITE), Optional.empty(), expires),
        kept(claims, expires));
  }

  private static Map<String, Object> kept(JwtClaims claims, Instant expires)
      throws MalformedClaimException {
    Map<String, Object> kept = new HashMap<>();
    kept.put("iss", ISSUER);
    kept.put("exp", expires.getEpochSecond());
    if (claims.hasClaim(MADE_FOR)) {
      kept.put(MADE_FOR, claims.getStringClaimValue(MADE_FOR));
    }
    return kept;
  }

  /** The claim is an array or one comma-separated text. */
  private static List<String> scopes(JwtClaims claims) throws MalformedClaimException {
    Object scope = claims.getClaimValue("scope");
    if (scope instanceof String text) {
      return Arrays.asList(text.split(",", -1));
    }
    return scope == null ? List.of() : claims.getStringListClaimValue("scope");
  }
}
