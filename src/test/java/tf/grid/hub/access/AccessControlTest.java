package tf.grid.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.access.AccessException.AccountNotGrantedException;
import tf.grid.hub.access.AccessException.ForeignRequestException;
import tf.grid.hub.access.AccessException.InsufficientScopeException;
import tf.grid.hub.access.AccessException.NotAdministratorException;
import tf.grid.hub.access.AccessException.NotSignedInException;
import tf.grid.hub.access.AccessException.ReadOnlyModeException;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.AuthenticationFailure;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.limit.Ticker;

class AccessControlTest {

  private static final AccountName ALICE = new AccountName("alice");
  private static final AccountName TEAM = new AccountName("team");
  private static final AccountName APPS = new AccountName("official-apps");
  private static final UsersMap USERS = new UsersMap(Map.of(APPS, Set.of(ALICE)));
  private static final URI URL = URI.create("https://hub.example");
  private static final AccessPolicy USUAL = new AccessPolicy(false, false, URL, Set.of());
  private static final AccessPolicy MIRROR = new AccessPolicy(true, false, URL, Set.of());
  private static final AccessPolicy OPEN = new AccessPolicy(false, true, URL, Set.of());

  private static final ChangeRates UNLIMITED =
      new ChangeRates(0, 0, request -> "127.0.0.1", Ticker.SYSTEM);

  private static Caller alice(Set<Scope> scopes) {
    Instant now = Instant.EPOCH;
    return Caller.of(
        ALICE, new Grant(Set.of(TEAM), scopes, Optional.empty(), now.plusSeconds(1)), Map.of());
  }

  private static FakeRequest byAlice() {
    return new FakeRequest().by(alice(Scope.ALL));
  }

  private static AccessControl access(FakeRequest request, AccessPolicy policy) {
    return new AccessControl(request.toServlet(), policy, USERS, UNLIMITED);
  }

  @Test
  void a_caller_acts_for_herself() {
    assertThat(access(byAlice(), USUAL).toRead()).isEqualTo(ALICE);
    assertThat(access(byAlice(), USUAL).toChange()).isEqualTo(ALICE);
  }

  @ParameterizedTest
  @EnumSource(AuthenticationFailure.class)
  void an_anonymous_request_is_told_what_is_wrong(AuthenticationFailure problem) {
    FakeRequest request =
        new FakeRequest().attribute(AuthenticationFailure.class.getName(), problem);

    assertThatThrownBy(() -> access(request, USUAL).toRead())
        .isInstanceOfSatisfying(
            NotSignedInException.class,
            refusal -> assertThat(refusal.failure()).isEqualTo(problem));
  }

  @Test
  void without_a_header_no_authorization_was_provided() {
    assertThatThrownBy(() -> access(new FakeRequest(), USUAL).toChange())
        .isInstanceOf(NotSignedInException.class)
        .hasMessage("no authorization provided");
  }

  @Test
  void a_token_for_reading_changes_nothing() {
    FakeRequest request = new FakeRequest().by(alice(Set.of(Scope.READ)));

    assertThat(access(request, USUAL).toRead()).isEqualTo(ALICE);
    assertThatThrownBy(() -> access(request, USUAL).toChange())
        .isInstanceOf(InsufficientScopeException.class)
        .hasMessageContaining("write");
  }

  @Test
  void a_question_is_that_of_a_writer_if_the_same_caller_could_change_something() {
    assertThat(access(byAlice(), USUAL).mayChange()).isTrue();
    assertThat(access(byAlice(), MIRROR).mayChange()).isFalse();
    assertThat(access(new FakeRequest(), USUAL).mayChange()).isFalse();
    assertThat(access(new FakeRequest().by(alice(Set.of(Scope.READ))), USUAL).mayChange())
        .isFalse();
  }

  @Test
  void only_administrators_with_the_scope_look_after_the_hub() {
    for (String name : List.of("alice", "team", "official-apps")) {
      AccessPolicy policy = new AccessPolicy(true, false, URL, Set.of(new AccountName(name)));
      assertThat(access(byAlice(), policy).toOperate()).isEqualTo(ALICE);
      assertThat(access(byAlice(), policy).mayOperate()).isTrue();
      FakeRequest writer = new FakeRequest().by(alice(Set.of(Scope.READ, Scope.WRITE)));
      assertThat(access(writer, policy).mayOperate()).isFalse();
      assertThatThrownBy(() -> access(writer, policy).toOperate())
          .isInstanceOf(InsufficientScopeException.class)
          .hasMessageContaining("admin");
      assertThatThrownBy(() -> access(new FakeRequest(), policy).toOperate())
          .isInstanceOf(NotSignedInException.class);
      assertThat(access(new FakeRequest(), policy).mayOperate()).isFalse();
    }
    AccessPolicy others =
        new AccessPolicy(false, false, URL, Set.of(new AccountName("bob"), new AccountName("x")));
    assertThatThrownBy(() -> access(byAlice(), others).toOperate())
        .isInstanceOf(NotAdministratorException.class);
    assertThat(access(byAlice(), others).mayOperate()).isFalse();
    assertThat(access(byAlice(), USUAL).mayOperate()).isFalse();
  }

  @Test
  void a_token_for_another_account_than_an_administrators_does_not_look_after_the_hub() {
    Caller limited =
        Caller.of(
            ALICE,
            new Grant(Set.of(TEAM), Scope.ALL, Optional.of(TEAM), Instant.EPOCH.plusSeconds(1)),
            Map.of());
    AccessPolicy alices = new AccessPolicy(false, false, URL, Set.of(ALICE));
    AccessPolicy teams = new AccessPolicy(false, false, URL, Set.of(TEAM));

    assertThat(access(new FakeRequest().by(limited), alices).mayOperate()).isFalse();
    assertThat(access(new FakeRequest().by(limited), teams).mayOperate()).isTrue();
  }

  @Test
  void a_mirror_changes_nothing_whatever_the_token() {
    assertThatThrownBy(() -> access(byAlice(), MIRROR).toChange())
        .isInstanceOf(ReadOnlyModeException.class)
        .hasMessage("readonly mode");
    assertThatThrownBy(() -> access(new FakeRequest(), MIRROR).toChange())
        .isInstanceOf(ReadOnlyModeException.class);
    assertThat(access(byAlice(), MIRROR).toRead()).isEqualTo(ALICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"team", "official-apps", "alice", "official%2Dapps"})
  void an_account_that_is_granted_may_be_named(String name) {
    AccountName account = new AccountName(name.replace("%2D", "-"));

    assertThat(access(byAlice().header("X-Active-User", name), USUAL).toChange())
        .isEqualTo(account);
    assertThat(access(byAlice().cookie("active-user", name), USUAL).toChange()).isEqualTo(account);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob", "", "../alice", "%zz", "Team"})
  void another_account_is_ignored_in_the_cookie_and_refused_in_the_header(String name) {
    assertThat(access(byAlice().cookie("active-user", name), USUAL).toChange()).isEqualTo(ALICE);
    assertThatThrownBy(() -> access(byAlice().header("X-Active-User", name), USUAL).toChange())
        .isInstanceOf(AccountNotGrantedException.class);
  }

  @Test
  void the_header_counts_more_than_the_cookie() {
    FakeRequest request =
        byAlice().cookie("active-user", "team").header("X-Active-User", "official-apps");

    assertThat(access(request, USUAL).toRead()).isEqualTo(APPS);
  }

  @Test
  void a_hub_without_authentication_refuses_changes_from_other_sites() {
    Caller everyone = Caller.configured(AccountName.ADMINISTRATOR);
    FakeRequest foreign = new FakeRequest().by(everyone).header("Origin", "https://evil.example");

    assertThatThrownBy(() -> access(foreign, OPEN).toChange())
        .isInstanceOf(ForeignRequestException.class);
    assertThat(access(foreign, OPEN).toRead()).isEqualTo(AccountName.ADMINISTRATOR);
    assertThat(access(new FakeRequest().by(everyone), OPEN).toChange())
        .isEqualTo(AccountName.ADMINISTRATOR);
  }

  @Test
  void with_authentication_other_sites_may_change_what_the_token_allows() {
    FakeRequest request = byAlice().header("Origin", "https://dashboard.example");

    assertThat(access(request, USUAL).toChange()).isEqualTo(ALICE);
  }

  @Test
  void a_token_for_one_repository_acts_for_that_one_only() {
    FakeRequest bound = new FakeRequest().by(bound(TEAM));

    assertThat(access(bound, USUAL).toChange()).isEqualTo(TEAM);
    assertThat(access(bound.cookie("active-user", "official-apps"), USUAL).toChange())
        .isEqualTo(TEAM);
    assertThat(access(bound.header("X-Active-User", "team"), USUAL).toChange()).isEqualTo(TEAM);
    assertThatThrownBy(
            () -> access(bound.header("X-Active-User", "official-apps"), USUAL).toChange())
        .isInstanceOf(AccountNotGrantedException.class)
        .hasMessageContaining("for the repository team only");
  }

  @Test
  void a_token_for_a_repository_that_is_not_granted_any_more_is_good_for_nothing() {
    FakeRequest request = new FakeRequest().by(bound(new AccountName("former-team")));

    assertThatThrownBy(() -> access(request, USUAL).toRead())
        .isInstanceOf(AccountNotGrantedException.class);
  }

  @Test
  void tokens_are_managed_with_a_token_for_that() {
    FakeRequest writer = new FakeRequest().by(alice(Set.of(Scope.READ, Scope.WRITE)));

    assertThat(access(byAlice(), USUAL).toAdminister().account()).isEqualTo(ALICE);
    assertThatThrownBy(() -> access(writer, USUAL).toAdminister())
        .isInstanceOf(InsufficientScopeException.class)
        .hasMessage("this token has no scope 'admin'");
  }

  private static Caller bound(AccountName repository) {
    return Caller.of(
        ALICE, new Grant(Set.of(TEAM), Scope.ALL, Optional.of(repository), Instant.MAX), Map.of());
  }
}
