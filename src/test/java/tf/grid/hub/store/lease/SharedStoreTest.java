package tf.grid.hub.store.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tf.grid.hub.HandClock;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.remote.DamagedChunks;
import tf.grid.hub.store.remote.VerifiedStore;
import tf.grid.hub.store.remote.VerifiedStore.Known;

class SharedStoreTest {
  private final MemoryStore behind = new MemoryStore();
  private final DamagedChunks damaged = DamagedChunks.inMemory();
  private final VerifiedStore direct = new VerifiedStore(behind, damaged, Known.READ);
  private final SharedStore store =
      new SharedStore(
          direct,
          ids -> 1,
          ConfirmedChunks.remembered(new HandClock(Instant.EPOCH)),
          damaged::contains);

  @Test
  void a_chunk_that_a_check_finds_damaged_is_missing_although_it_was_just_stored() {
    StoredChunk one = chunk(1, 200);
    store.put(List.of(one));
    assertThat(store.missing(List.of(one.id()))).isEmpty();
    behind.chunks.get(one.id())[3] ^= 1;

    assertThatThrownBy(() -> direct.get(one.id())).isInstanceOf(StoreCorruptException.class);

    assertThat(store.missing(List.of(one.id()))).containsExactly(one.id());
  }
}
