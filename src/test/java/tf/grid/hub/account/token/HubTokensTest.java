package tf.grid.hub.account.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubTokensTest {

  private static final String ISSUER = "https://hub.example";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final AccountName ALICE = new AccountName("alice.3bot");
  private static final AccountName TEAM = new AccountName("team");

  private SigningKey key;
  private HubTokens tokens;

  @BeforeAll
  void makeKey(@TempDir Path directory) throws Exception {
    key = SigningKey.of(directory.resolve("key.pem"));
    tokens = at(NOW);
  }

  private HubTokens at(Instant time) {
    return new HubTokens(key, ISSUER, Clock.fixed(time, ZoneOffset.UTC));
  }

  private IssuedToken issue(Set<Scope> scopes) {
    return tokens.issue(
        new TokenRequest(
            ALICE, Set.of(TEAM), scopes, Optional.empty(), "laptop", Duration.ofDays(1)));
  }

  @Test
  void a_token_says_who_made_it_and_what_it_allows() {
    Caller caller = tokens.check(issue(Set.of(Scope.READ)).text()).orElseThrow();

    assertThat(caller.account()).isEqualTo(ALICE);
    assertThat(caller.memberOf()).containsExactly(TEAM);
    assertThat(caller.may(Scope.READ)).isTrue();
    assertThat(caller.may(Scope.WRITE)).isFalse();
  }

  @Test
  void a_caller_is_a_microprofile_token() {
    IssuedToken token = issue(Scope.ALL);
    Caller caller = tokens.check(token.text()).orElseThrow();

    assertThat(caller.getName()).isEqualTo("alice.3bot");
    assertThat(caller.getSubject()).isEqualTo("alice.3bot");
    assertThat(caller.getIssuer()).isEqualTo(ISSUER);
    assertThat(caller.getGroups()).containsExactly(Caller.USER);
    assertThat(caller.getTokenID()).isEqualTo(token.claims().id());
    assertThat(caller.getExpirationTime()).isEqualTo(NOW.plusSeconds(86_400).getEpochSecond());
    assertThat(caller.getRawToken()).isNull();
  }

  @Test
  void each_token_has_an_id_of_its_own() {
    assertThat(issue(Scope.ALL).claims().id()).isNotEqualTo(issue(Scope.ALL).claims().id());
  }

  @Test
  void a_token_is_good_until_the_second_it_expires() {
    String token = issue(Scope.ALL).text();

    assertThat(at(NOW.plusSeconds(86_399)).check(token)).isPresent();
    assertThat(at(NOW.plusSeconds(86_400)).check(token)).isEmpty();
  }

  @Test
  void tokens_survive_a_restart() throws Exception {
    assertThat(
            new HubTokens(key, ISSUER, Clock.fixed(NOW, ZoneOffset.UTC))
                .check(issue(Scope.ALL).text()))
        .isPresent();
  }

  @Test
  void a_well_made_token_of_the_forge_is_good() {
    assertThat(tokens.check(new TokenForge(key, ISSUER, NOW).good())).isPresent();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void forged_and_broken_tokens_are_refused(String what, String token) {
    assertThat(tokens.check(token)).isEmpty();
  }

  Object[][] forgeries() {
    return new TokenForge(key, ISSUER, NOW)
        .forgeries().entrySet().stream()
            .map(forgery -> new Object[] {forgery.getKey(), forgery.getValue()})
            .toArray(Object[][]::new);
  }

  @Test
  void there_are_many_forgeries() {
    assertThat(forgeries().length).isGreaterThanOrEqualTo(60);
  }

  @Test
  void tokens_do_not_show_in_texts() {
    IssuedToken token = issue(Scope.ALL);

    assertThat(token.toString()).doesNotContain(token.text());
    assertThat(key.toString()).isEqualTo("signing key (redacted)");
  }
}
