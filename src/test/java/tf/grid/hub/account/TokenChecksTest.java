package tf.grid.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.token.CachingTokenVerifier;
import tf.grid.hub.account.token.GuestToken;

/** The small checks around the hub's own tokens. */
class TokenChecksTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final HandClock clock = new HandClock(START);
  private final AtomicInteger asked = new AtomicInteger();
  private final TokenVerifier counted =
      token -> {
        asked.incrementAndGet();
        return token.equals("good") ? Optional.of(hourLong()) : Optional.empty();
      };

  private static Caller hourLong() {
    AccountName alice = new AccountName("alice");
    return Caller.of(
        alice,
        new Grant(Set.of(), Scope.ALL, Optional.empty(), START.plus(Duration.ofHours(1))),
        Map.of());
  }

  @Test
  void a_good_token_is_checked_once() {
    TokenVerifier remembered = new CachingTokenVerifier(counted, clock);

    assertThat(remembered.check("good")).isPresent();
    assertThat(remembered.check("good")).isPresent();
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_remembered_token_expires_all_the_same() {
    TokenVerifier remembered = new CachingTokenVerifier(counted, clock);
    remembered.check("good");
    clock.pass(Duration.ofHours(1));

    assertThat(remembered.check("good")).isEmpty();
  }

  @Test
  void bad_tokens_are_not_remembered() {
    TokenVerifier remembered = new CachingTokenVerifier(counted, clock);

    assertThat(remembered.check("bad")).isEmpty();
    assertThat(remembered.check("bad")).isEmpty();
    assertThat(asked).hasValue(2);
  }

  @Test
  void very_long_tokens_are_not_even_looked_at() {
    assertThat(new CachingTokenVerifier(counted, clock).check("x".repeat(8193))).isEmpty();
    assertThat(asked).hasValue(0);
  }

  @Test
  void the_guest_token_signs_in_the_guest() {
    TokenVerifier guest = new GuestToken("open sesame");

    assertThat(guest.check("open sesame")).map(Caller::account).contains(AccountName.GUEST);
    assertThat(guest.check("open sesam")).isEmpty();
    assertThat(guest.check("open sesame ")).isEmpty();
    assertThat(guest.check("")).isEmpty();
  }

  @Test
  void two_checks_accept_what_either_accepts() {
    TokenVerifier both = counted.or(new GuestToken("guest"));

    assertThat(both.check("good")).isPresent();
    assertThat(both.check("guest")).isPresent();
    assertThat(both.check("neither")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bearer abc, abc",
    "Bearer abc, abc",
    "BEARER abc, abc",
    "'bearer   abc ', abc",
    "Basic abc,",
    "bearer,",
    "'bearer ',",
    "bearerabc,",
    "bearer a b,",
    "abc,",
    "'',",
  })
  void the_header_is_bearer_in_any_case_and_a_token(String header, String token) {
    assertThat(BearerHeader.token(header)).isEqualTo(Optional.ofNullable(token));
  }

  @Test
  void scopes_of_other_versions_grant_nothing() {
    assertThat(Scope.parse("read admin write other")).isEqualTo(Scope.ALL);
    assertThat(Scope.parse("")).isEmpty();
    assertThat(Scope.format(Scope.ALL)).isEqualTo("read write admin");
  }

  @Test
  void a_users_map_grants_only_what_it_says() {
    AccountName apps = new AccountName("official-apps");
    AccountName bob = new AccountName("bob");
    UsersMap users = new UsersMap(Map.of(apps, Set.of(bob)));

    assertThat(users.grants(apps, bob)).isTrue();
    assertThat(users.grants(apps, AccountName.GUEST)).isFalse();
    assertThat(users.grants(bob, bob)).isFalse();
    assertThat(users.grants(bob, apps)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"''", "..", ".hidden", "a/b", "'a\u0000b'", "'a\nb'", "'\ud800'"})
  void odd_names_are_no_accounts(String name) {
    assertThat(AccountName.isValid(name)).isFalse();
  }

  @Test
  void an_account_name_fits_into_a_directory_name() {
    assertThat(AccountName.isValid("é".repeat(127))).isTrue();
    assertThat(AccountName.isValid("é".repeat(128))).isFalse();
  }
}
