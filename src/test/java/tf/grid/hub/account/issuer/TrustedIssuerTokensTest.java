package tf.grid.hub.account.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;

class TrustedIssuerTokensTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String ISSUER = "https://sso.example";
  private static final String HUB = "https://hub.example";
  private static final IssuedElsewhere RSA = IssuedElsewhere.rsa(2048);
  private static final IssuedElsewhere CURVE = IssuedElsewhere.curve("secp256r1", "ES256");

  private static TrustedIssuerTokens trusting(String keys) {
    return new TrustedIssuerTokens(ISSUER, Set.of(HUB, "hub"), IssuerKeys.parse(keys), CLOCK);
  }

  private static Map<String, Object> claims() {
    long now = NOW.getEpochSecond();
    return new HashMap<>(
        Map.of(
            "iss", ISSUER, "aud", HUB, "upn", "alice", "sub", "0815", "iat", now, "exp", now + 60));
  }

  private static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  private static Map<String, Object> without(String name) {
    Map<String, Object> claims = claims();
    claims.remove(name);
    return claims;
  }

  @Test
  void a_token_for_this_hub_reads_and_writes() {
    Caller caller = trusting(RSA.pem()).check(RSA.token(claims())).orElseThrow();

    assertThat(caller.account()).isEqualTo(new AccountName("alice"));
    assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.WRITE);
    assertThat(caller.getIssuer()).isEqualTo(ISSUER);
    assertThat(caller.expiredAt(NOW.plusSeconds(60))).isTrue();
  }

  @Test
  void curve_keys_are_as_good() {
    assertThat(trusting(CURVE.pem()).check(CURVE.token(claims()))).isPresent();
  }

  @Test
  void groups_are_roles_and_some_say_what_the_token_allows() {
    Map<String, Object> claims = claims("groups", List.of("hub-read", "hub-admin", "staff"));
    Caller caller = trusting(RSA.pem()).check(RSA.token(claims)).orElseThrow();

    assertThat(caller.getGroups())
        .containsExactlyInAnyOrder("hub-read", "hub-admin", "staff", Caller.USER);
    assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.ADMIN);
  }

  @Test
  void memberships_are_taken_over() {
    Map<String, Object> claims = claims("memberof", List.of("team"));

    assertThat(trusting(RSA.pem()).check(RSA.token(claims)))
        .map(Caller::memberOf)
        .contains(Set.of(new AccountName("team")));
  }

  @Test
  void without_upn_the_user_has_another_name() {
    Map<String, Object> preferred = without("upn");
    preferred.put("preferred_username", "bob");

    assertThat(trusting(RSA.pem()).check(RSA.token(preferred)))
        .map(Caller::getName)
        .contains("bob");
    assertThat(trusting(RSA.pem()).check(RSA.token(without("upn"))))
        .map(Caller::getName)
        .contains("0815");
  }

  @Test
  void any_key_of_a_set_is_good() throws JoseException {
    JsonWebKey rsa = PublicJsonWebKey.Factory.newPublicJwk(RSA.pair().getPublic());
    JsonWebKey curve = PublicJsonWebKey.Factory.newPublicJwk(CURVE.pair().getPublic());
    TrustedIssuerTokens both = trusting(new JsonWebKeySet(rsa, curve).toJson());

    assertThat(both.check(RSA.token(claims()))).isPresent();
    assertThat(both.check(CURVE.token(claims()))).isPresent();
    assertThat(both.check(IssuedElsewhere.rsa(2048).token(claims()))).isEmpty();
    assertThat(both.check(RSA.with("RS512").token(claims()))).isEmpty();
  }

  @Test
  void the_algorithm_can_be_pinned() throws JoseException {
    JsonWebKey rsa = PublicJsonWebKey.Factory.newPublicJwk(RSA.pair().getPublic());
    JsonWebKey curve = PublicJsonWebKey.Factory.newPublicJwk(CURVE.pair().getPublic());
    IssuerKeys pinned = IssuerKeys.parse(new JsonWebKeySet(rsa, curve).toJson()).onlyFor("ES256");
    TrustedIssuerTokens check = new TrustedIssuerTokens(ISSUER, Set.of(HUB), pinned, CLOCK);

    assertThat(check.check(CURVE.token(claims()))).isPresent();
    assertThat(check.check(RSA.token(claims()))).isEmpty();
  }

  static Stream<Map<String, Object>> badClaims() {
    long now = NOW.getEpochSecond();
    return Stream.of(
        claims("iss", "https://other.example"),
        claims("iss", HUB),
        without("iss"),
        claims("aud", "https://other.example"),
        claims("aud", List.of()),
        without("aud"),
        claims("exp", now),
        claims("exp", "never"),
        without("exp"),
        without("iat"),
        claims("iat", now + 3600),
        claims("nbf", now + 60),
        claims("upn", ".."),
        claims("upn", "a/b"),
        claims("upn", 7),
        claims("groups", "hub-admin"),
        claims("groups", List.of(1)),
        claims("memberof", List.of("../x")));
  }

  @ParameterizedTest
  @MethodSource("badClaims")
  void tokens_that_say_something_wrong_are_refused(Map<String, Object> claims) {
    assertThat(trusting(RSA.pem()).check(RSA.token(claims))).isEmpty();
  }

  @Test
  void tokens_with_another_key_or_algorithm_are_refused() {
    TrustedIssuerTokens issuer = trusting(RSA.pem());

    assertThat(issuer.check(IssuedElsewhere.rsa(2048).token(claims()))).isEmpty();
    assertThat(issuer.check(CURVE.token(claims()))).isEmpty();
    assertThat(issuer.check(RSA.with("PS256").token(claims()))).isEmpty();
    assertThat(issuer.check("eyJhbGciOiJub25lIn0.e30.")).isEmpty();
    assertThat(issuer.check(RSA.token(claims("x", "y".repeat(9000))))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "{}",
        "{\"keys\":[]}",
        "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\"}"
      })
  void what_is_no_public_key_is_refused(String text) {
    assertThatThrownBy(() -> IssuerKeys.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void weak_and_private_keys_are_refused() throws JoseException {
    String weak = IssuedElsewhere.rsa(1024).pem();
    String odd = IssuedElsewhere.curve("secp521r1", "ES512").pem();
    PublicJsonWebKey secret = PublicJsonWebKey.Factory.newPublicJwk(RSA.pair().getPublic());
    secret.setPrivateKey(RSA.pair().getPrivate());
    String whole = secret.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);

    for (String text : List.of(weak, odd, whole)) {
      assertThatThrownBy(() -> IssuerKeys.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
