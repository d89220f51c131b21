package tf.grid.hub.wiring.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tf.grid.hub.store.StoreException.StoreFullException;

class StartFailureTest {

  @Test
  void the_reason_of_a_failed_start_is_ours_and_one_line() {
    Throwable wrapped =
        new IllegalStateException(
            "container",
            new StoreFullException("tried to store a chunk\n but there is no room", null));

    assertThat(StartFailure.reason(wrapped))
        .isEqualTo("tried to store a chunk but there is no room");
    assertThat(StartFailure.reason(new IOException("no\n room"))).isEqualTo("IOException: no room");
  }
}
