package tf.grid.hub.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.publish.PublishSettings;

class UploadLimitTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final RepositoryName BOB = new RepositoryName("bob");
  private static final RepositoryName CAROL = new RepositoryName("carol");

  private final UploadLimit places =
      new UploadLimit(new PublishSettings(Path.of("unused"), "{}", 1, 3, 2));

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

  private boolean within(RepositoryName owner, UploadLimit.Work<Boolean, IOException> work)
      throws IOException {
    return places.<Boolean, IOException>within(owner, work);
  }

  private boolean assertRefused(RepositoryName owner, String message) {
    assertThatThrownBy(() -> within(owner, () -> true))
        .isInstanceOf(TryAgainLaterException.class)
        .hasMessageStartingWith(message);
    return true;
  }
}
