package tf.grid.hub.image.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tf.grid.hub.image.PullException.NotConnectedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.bench.StandIn;

class NeverReachedTest {

  @Test
  void only_a_registry_without_any_answer_was_never_reached() throws Exception {
    try (StandIn failing = StandIn.plain();
        Pulls pulls = Pulls.trusting(failing.name(), "127.0.0.1:1")) {
      failing.onManifest("latest", StandIn.status(500));
      assertThatThrownBy(() -> pulls.open("127.0.0.1:1/app"))
          .isInstanceOf(NotConnectedException.class);
      assertThatThrownBy(() -> pulls.open(failing.name() + "/app"))
          .isExactlyInstanceOf(SourceUnreachableException.class);
    }
  }
}
