package tf.grid.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;

class RecentBlocksTest {
  private final RecentBlocks recent = new RecentBlocks();

  private static Block block(long id, long key) {
    return new Block(new ChunkId(0, id), new ChunkKey(0, key));
  }

  @Test
  void a_block_is_new_once() {
    assertThat(recent.add(block(1, 1))).isTrue();
    assertThat(recent.add(block(1, 1))).isFalse();
  }

  @Test
  void the_same_chunk_under_another_key_is_another_block() {
    recent.add(block(1, 1));
    assertThat(recent.add(block(1, 2))).isTrue();
  }

  @Test
  void the_block_of_zeros_is_new_at_first_like_any_other() {
    assertThat(recent.add(block(0, 0))).isTrue();
    assertThat(recent.add(block(0, 0))).isFalse();
  }

  @Test
  void a_block_that_lost_its_slot_is_asked_for_again() {
    recent.add(block(5, 1));
    recent.add(block(5 + (1 << 16), 1));
    assertThat(recent.add(block(5, 1))).isTrue();
  }
}
