package tf.grid.hub.account.issuer;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.CompactJws;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.TokenVerifier;

/**
 * MicroProfile JWTs of a trusted issuer: signed by a configured key, issued for this hub, with an
 * expiry.
 *
 * <p>The user name is {@code upn}, otherwise {@code preferred_username}, otherwise {@code sub}. The
 * groups {@code hub-read}, {@code hub-write} and {@code hub-admin} map to scopes; without any of
 * them, the token can read and write. All groups are roles. Thread-safe.
 */
public final class TrustedIssuerTokens implements TokenVerifier {

  private static final int CLOCK_STEP_SECONDS = 60;
  private static final String GROUP_PREFIX = "hub-";
  private static final List<String> NAMES = List.of("upn", "preferred_username", "sub");
  private static final Set<Scope> USUAL = EnumSet.of(Scope.READ, Scope.WRITE);

  private final String issuer;
  private final Set<String> audiences;
  private final IssuerKeys keys;
  private final Clock clock;

  /**
   * Creates a verifier.
   *
   * @param audiences the accepted audiences; a token must have at least one of them
   */
  public TrustedIssuerTokens(String issuer, Set<String> audiences, IssuerKeys keys, Clock clock) {
    this.issuer = issuer;
    this.audiences = Set.copyOf(audiences);
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> check(String token) {
    return CompactJws.caller(token, this::consumer, this::caller);
  }

  private JwtConsumer consumer() {
    JwksVerificationKeyResolver resolver =
        new JwksVerificationKeyResolver(List.copyOf(keys.keys()));
    resolver.setDisambiguateWithVerifySignature(true);
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(resolver)
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(
                ConstraintType.PERMIT, keys.algorithms().toArray(String[]::new)))
        .setExpectedIssuer(issuer)
        .setExpectedAudience(audiences.toArray(String[]::new))
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setIssuedAtRestrictions(CLOCK_STEP_SECONDS, Integer.MAX_VALUE)
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .build();
  }

  private Caller caller(JwtClaims claims) throws MalformedClaimException {
    Instant expires = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
    Set<String> groups = new HashSet<>(texts(claims, "groups"));
    Set<Scope> scopes = scopes(groups);
    groups.add(Caller.USER);
    Map<String, Object> kept = new HashMap<>();
    kept.put("iss", issuer);
    kept.put("groups", Set.copyOf(groups));
    kept.put("exp", expires.getEpochSecond());
    kept.put("iat", claims.getIssuedAt().getValue());
    if (claims.getJwtId() != null) {
      kept.put("jti", claims.getJwtId());
    }
    Set<AccountName> memberOf =
        texts(claims, "memberof").stream()
            .map(AccountName::new)
            .collect(Collectors.toUnmodifiableSet());
    return Caller.of(
        new AccountName(userName(claims)),
        new Grant(memberOf, scopes, Optional.empty(), expires),
        kept);
  }

  private static String userName(JwtClaims claims) throws MalformedClaimException {
    for (String name : NAMES) {
      if (claims.hasClaim(name)) {
        return claims.getStringClaimValue(name);
      }
    }
    throw new MalformedClaimException("one of " + NAMES + " is part of every token");
  }

  private static List<String> texts(JwtClaims claims, String name) throws MalformedClaimException {
    return claims.hasClaim(name) ? claims.getStringListClaimValue(name) : List.of();
  }

  private static Set<Scope> scopes(Set<String> groups) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    Arrays.stream(Scope.values())
        .filter(scope -> groups.contains(GROUP_PREFIX + Scope.format(Set.of(scope))))
        .forEach(scopes::add);
    return scopes.isEmpty() ? USUAL : scopes;
  }
}
