package tf.grid.hub.account.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;

class ItsyouOnlineTokensTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final IssuedElsewhere THEM = IssuedElsewhere.curve("secp384r1", "ES384");
  private static final ItsyouOnlineTokens TOKENS = accepting(Optional.empty());

  private static ItsyouOnlineTokens accepting(Optional<String> client) {
    return new ItsyouOnlineTokens(IssuerKeys.parse(THEM.pem()), client, CLOCK);
  }

  private static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims =
        new HashMap<>(
            Map.of(
                "iss", "itsyouonline",
                "username", "alice",
                "azp", "hub",
                "exp", NOW.getEpochSecond() + 60));
    claims.put(name, value);
    return claims;
  }

  static Stream<Object> memberships() {
    return Stream.of(
        List.of("user:name", "user:memberof:team", "user:memberof:team.sub"),
        "user:name,user:memberof:team, user:memberof:team.sub");
  }

  @ParameterizedTest
  @MethodSource("memberships")
  void memberships_come_as_an_array_or_as_a_text(Object scope) {
    Caller caller = TOKENS.check(THEM.token(claims("scope", scope))).orElseThrow();

    assertThat(caller.getName()).isEqualTo("alice");
    assertThat(caller.memberOf())
        .isEqualTo(Set.of(new AccountName("team"), new AccountName("team.sub")));
    assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.WRITE);
  }

  static Stream<Map<String, Object>> badClaims() {
    return Stream.of(
        claims("iss", "https://itsyou.online"),
        claims("iss", null),
        claims("exp", NOW.getEpochSecond()),
        claims("exp", null),
        claims("username", null),
        claims("username", "../alice"),
        claims("username", List.of("alice")),
        claims("scope", 7));
  }

  @ParameterizedTest
  @MethodSource("badClaims")
  void tokens_that_say_something_wrong_are_refused(Map<String, Object> claims) {
    assertThat(TOKENS.check(THEM.token(claims))).isEmpty();
  }

  @Test
  void tokens_of_others_are_refused() {
    Map<String, Object> good = claims("scope", List.of());

    assertThat(TOKENS.check(THEM.token(good))).isPresent();
    assertThat(TOKENS.check(IssuedElsewhere.curve("secp384r1", "ES384").token(good))).isEmpty();
    assertThat(TOKENS.check(IssuedElsewhere.curve("secp256r1", "ES256").token(good))).isEmpty();
    assertThat(TOKENS.check(IssuedElsewhere.rsa(2048).token(good))).isEmpty();
  }

  static Stream<Map<String, Object>> otherServices() {
    return Stream.of(
        claims("azp", "shop"), claims("azp", "HUB"), claims("azp", ""), claims("azp", null));
  }

  @ParameterizedTest
  @MethodSource("otherServices")
  void tokens_for_other_services_are_refused_by_a_hub_that_knows_its_own_name(
      Map<String, Object> claims) {
    assertThat(accepting(Optional.of("hub")).check(THEM.token(claims))).isEmpty();
    assertThat(TOKENS.check(THEM.token(claims))).isPresent();
  }

  @Test
  void tokens_for_the_hub_are_good() {
    String token = THEM.token(claims("azp", "hub"));

    assertThat(accepting(Optional.of("hub")).check(token)).isPresent();
  }

  @Test
  void a_key_on_another_curve_is_not_theirs() {
    IssuerKeys other = IssuerKeys.parse(IssuedElsewhere.curve("secp256r1", "ES256").pem());

    assertThatThrownBy(() -> new ItsyouOnlineTokens(other, Optional.empty(), CLOCK))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
