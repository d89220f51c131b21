package tf.grid.hub.wiring.producer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.ApiAuthentication;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.TokenVerifier;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.audit.AuditEntry;

class GatewayWritersTest {

  private static final AccountName ALICE = new AccountName("alice");
  private static final AccountName TEAM = new AccountName("team");
  private static final AuditEntry ASKED = AuditEntry.of("gateway-auth").from("192.0.2.7");
  private static final TokenVerifier TOKENS =
      token ->
          switch (token) {
            case "writes" -> Optional.of(caller(Optional.empty(), Scope.READ, Scope.WRITE));
            case "bound" -> Optional.of(caller(Optional.of(TEAM), Scope.WRITE));
            case "reads" -> Optional.of(caller(Optional.empty(), Scope.READ));
            default -> Optional.empty();
          };

  private final List<AuditEntry> written = new ArrayList<>();

  private static Caller caller(Optional<AccountName> repository, Scope first, Scope... more) {
    Grant grant = new Grant(Set.of(), EnumSet.of(first, more), repository, Instant.MAX);
    return Caller.of(ALICE, grant, Map.of("jti", "one"));
  }

  private GatewayWriters writers(boolean readOnly, boolean open) {
    return writers(readOnly, open, Map.of(TEAM, Set.of(ALICE)));
  }

  private GatewayWriters writers(
      boolean readOnly, boolean open, Map<AccountName, Set<AccountName>> users) {
    return new GatewayWriters(
        readOnly, new ApiAuthentication(open, TOKENS), new UsersMap(users), written::add);
  }

  @Test
  void a_writer_is_written_down_by_name_and_identifier_of_the_token() {
    assertThat(writers(false, false).admit("writes", "192.0.2.7")).isTrue();

    assertThat(written).containsExactly(ASKED.by("alice", "alice").withToken("one"));
  }

  @Test
  void the_repository_of_a_token_is_the_account() {
    assertThat(writers(false, false).admit("bound", "192.0.2.7")).isTrue();

    assertThat(written).containsExactly(ASKED.by("alice", "team").withToken("one"));
  }

  @Test
  void a_token_for_a_repository_is_good_while_its_user_may_act_for_it_only() {
    GatewayWriters writers = writers(false, false, Map.of());

    assertThat(writers.mayWrite("writes")).isTrue();
    assertThat(writers.mayWrite("bound")).isFalse();
    assertThat(writers.admit("bound", "192.0.2.7")).isFalse();

    assertThat(written)
        .containsExactly(
            ASKED
                .by("alice", "team")
                .withToken("one")
                .failed(
                    403,
                    "this token is for the repository team only, and only while you may act for"
                        + " it"));
  }

  @Test
  void what_is_refused_is_written_down_without_its_text() {
    GatewayWriters writers = writers(false, false);

    assertThat(writers.admit("a-secret", "192.0.2.7")).isFalse();
    assertThat(writers.admit("reads", "192.0.2.7")).isFalse();

    assertThat(written)
        .containsExactly(
            ASKED.failed(401, "invalid token"),
            ASKED
                .by("alice", "alice")
                .withToken("one")
                .failed(403, "this token has no scope 'write'"));
    assertThat(written.toString()).doesNotContain("a-secret");
  }

  @Test
  void nobody_writes_to_a_mirror_and_the_attempt_is_written_down() {
    assertThat(writers(true, false).admit("writes", "192.0.2.7")).isFalse();
    assertThat(writers(true, true).admit("any", "192.0.2.7")).isFalse();

    assertThat(written).extracting(AuditEntry::status).containsExactly(403, 403);
  }

  @Test
  void everyone_is_administrator_without_authentication() {
    assertThat(writers(false, true).admit("any", "192.0.2.7")).isTrue();

    assertThat(written).containsExactly(ASKED.by("Administrator", "Administrator"));
  }

  @Test
  void a_check_while_the_connection_lives_leaves_no_line() {
    GatewayWriters writers = writers(false, false);

    assertThat(writers.mayWrite("writes")).isTrue();
    assertThat(writers.mayWrite("reads")).isFalse();
    assertThat(written).isEmpty();
  }
}
