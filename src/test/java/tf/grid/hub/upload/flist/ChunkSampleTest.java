package tf.grid.hub.upload.flist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.upload.flist.ChunkSample.SamplePolicy;

class ChunkSampleTest {
  private static final List<Block> BLOCKS =
      LongStream.range(0, 10_000)
          .mapToObj(number -> new Block(new ChunkId(1, number), new ChunkKey(2, number)))
          .toList();

  private static List<Block> sample(long always, int percent, int secret) {
    return new ChunkSample(new SamplePolicy(always, percent), new byte[] {(byte) secret})
        .of(BLOCKS);
  }

  @Test
  void everything_is_opened_unless_less_is_wanted() {
    assertThat(sample(0, 100, 1)).isEqualTo(BLOCKS);
    assertThat(sample(10_000, 0, 1)).isEqualTo(BLOCKS);
  }

  @Test
  void the_first_ones_are_always_opened() {
    assertThat(sample(123, 0, 1)).isEqualTo(BLOCKS.subList(0, 123));
  }

  @Test
  void of_the_others_the_share_is_opened() {
    assertThat(sample(0, 20, 1)).hasSizeBetween(1800, 2200);
  }

  @Test
  void the_choice_is_the_same_again_and_another_one_under_another_secret() {
    assertThat(sample(0, 20, 1)).isEqualTo(sample(0, 20, 1)).isNotEqualTo(sample(0, 20, 2));
  }

  @Test
  void what_is_no_share_is_refused() {
    assertThatThrownBy(() -> new SamplePolicy(0, 101)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SamplePolicy(-1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
