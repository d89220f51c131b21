package tf.grid.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.http.RateLimitFields;
import tf.grid.hub.limit.TryAgainLaterException;

class ChangeRatesTest {
  private static final AccountName ALICE = new AccountName("alice");
  private static final AccountName BOB = new AccountName("bob");

  private final AtomicLong time = new AtomicLong();
  private String address = "192.0.2.1";
  private final ChangeRates rates = new ChangeRates(3, 2, request -> address, time::get);

  private static HttpServletRequest request() {
    return new FakeRequest().toServlet();
  }

  private void change(AccountName account) {
    rates.countAccount(ChangeKind.CHANGE, account, request());
  }

  private void fromAddress(String from) {
    address = from;
    rates.countAddress(ChangeKind.CHANGE, request());
  }

  @Test
  void an_account_with_too_many_changes_learns_when_the_next_one_is_possible() {
    for (int i = 0; i < 3; i++) {
      change(ALICE);
    }
    assertThatThrownBy(() -> change(ALICE))
        .isInstanceOfSatisfying(
            TryAgainLaterException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(429);
              assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(20));
            })
        .hasMessage(
            "too many changes from this account: 3 are possible in 1 minutes, the next one in 20"
                + " seconds");
    change(BOB);
    rates.countAccount(ChangeKind.UNCOUNTED, ALICE, request());
    time.addAndGet(Duration.ofSeconds(20).toNanos());
    change(ALICE);
  }

  @Test
  void conversions_count_as_changes_too_and_the_fields_tell_about_both() {
    HttpServletRequest request = request();
    rates.countAccount(ChangeKind.CONVERSION, ALICE, request);

    RateLimitFields fields = RateLimitFields.of(request);
    assertThat(fields.policies()).isEqualTo("\"changes\";q=3;w=60, \"conversions\";q=2;w=3600");
    assertThat(fields.state()).isEqualTo("\"changes\";r=2;t=20, \"conversions\";r=1;t=1800");
    rates.countAccount(ChangeKind.CONVERSION, ALICE, request());
    assertThatThrownBy(() -> rates.countAccount(ChangeKind.CONVERSION, ALICE, request()))
        .hasMessageContaining("too many conversions");
  }

  @Test
  void an_address_has_four_times_as_many_and_a_network_of_the_new_protocol_is_one_address() {
    for (int i = 0; i < 12; i++) {
      fromAddress("2001:db8::" + i);
    }
    assertThatThrownBy(() -> fromAddress("2001:db8::ffff"))
        .hasMessageContaining("from this address: 12 are possible");
    fromAddress("2001:db8:0:1::1");
    fromAddress("192.0.2.1");
  }

  @Test
  void the_same_machine_and_unknown_addresses_are_not_counted() {
    for (String from : new String[] {"127.0.0.1", "::1", "unknown", "face.cafe", "999.1.1.1"}) {
      assertThatCode(
              () -> {
                for (int i = 0; i < 20; i++) {
                  fromAddress(from);
                }
              })
          .doesNotThrowAnyException();
    }
  }
}
