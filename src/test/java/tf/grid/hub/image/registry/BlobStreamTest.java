package tf.grid.hub.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tf.grid.hub.image.PullException.SourceUnreachableException;

class BlobStreamTest {

  @Test
  void a_slow_registry_is_told_apart_by_what_it_sends_and_the_minimum_rate() {
    assertThat(BlobStream.tooSlow("the layer"))
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessage("the layer comes with less than 16 KiB a second");
  }
}
