package tf.grid.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UploadLimitTest {
  private static final String ALICE = "alice";
  private static final String BOB = "bob";
  private static final String CAROL = "carol";

  private final UploadLimit<String> places = new UploadLimit<>(3, 2);

  @Test
  void an_account_with_its_share_leaves_room_for_others() throws IOException {
    within(
        ALICE,
        () ->
            within(
                ALICE,
                () -> {
                  assertRefused(ALICE, "2 uploads of this account");
                  assertThat(within(BOB, () -> assertRefused(CAROL, "3 uploads are"))).isTrue();
                  return true;
                }));
    assertThat(within(ALICE, () -> true)).isTrue();
  }

  @Test
  void a_failure_gives_everything_back() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> within(ALICE, UploadLimitTest::fail)).hasMessage("broken");
    }
    assertThat(within(ALICE, () -> true)).isTrue();
  }

  private static boolean fail() throws IOException {
    throw new IOException("broken");
  }

  private boolean within(String owner, ConcurrencyLimit.Work<Boolean, IOException> work)
      throws IOException {
    return places.<Boolean, IOException>within(owner, work);
  }

  private boolean assertRefused(String owner, String message) {
    assertThatThrownBy(() -> within(owner, () -> true))
        .isInstanceOf(TryAgainLaterException.class)
        .hasMessageStartingWith(message);
    return true;
  }
}
