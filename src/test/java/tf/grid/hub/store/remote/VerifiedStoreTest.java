package tf.grid.hub.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.util.List;
import org.junit.jupiter.api.Test;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkStoreContract;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.remote.VerifiedStore.Known;

class VerifiedStoreTest implements ChunkStoreContract {
  private final MemoryStore behind = new MemoryStore();
  private final DamagedChunks damaged = DamagedChunks.inMemory();
  private final VerifiedStore store = new VerifiedStore(behind, damaged, Known.READ);
  private final StoredChunk one = chunk(1, 200);
  private final StoredChunk two = chunk(2, 200);

  @Override
  public ChunkStore store() {
    return store;
  }

  private void damageOne() {
    behind.put(List.of(one, two));
    behind.chunks.get(one.id())[3] ^= 1;
  }

  @Test
  void a_damaged_chunk_is_missing_once_it_was_read() {
    damageOne();
    assertThat(store.missing(List.of(one.id(), two.id()))).isEmpty();

    assertThatThrownBy(() -> store.get(one.id()))
        .isInstanceOf(StoreCorruptException.class)
        .hasMessageContaining(one.id().toString());

    assertThat(store.missing(List.of(one.id(), two.id()))).containsExactly(one.id());
  }

  @Test
  void an_upload_reads_what_is_stored_unless_the_store_is_trusted() {
    damageOne();
    ChunkStore trusting = new VerifiedStore(behind, damaged, Known.TRUSTED);

    assertThat(trusting.lacking(List.of(one.id(), two.id()))).isEmpty();
    assertThat(store.lacking(List.of(one.id(), two.id()))).containsExactly(one.id());
    assertThat(trusting.lacking(List.of(one.id(), two.id()))).containsExactly(one.id());
  }

  @Test
  void a_chunk_that_another_hub_has_repaired_is_not_missing_any_more() {
    damageOne();
    assertThatThrownBy(() -> store.get(one.id())).isInstanceOf(StoreCorruptException.class);

    behind.chunks.put(one.id(), bytes(one));

    assertThat(store.missing(List.of(one.id()))).isEmpty();
    assertThat(damaged.isEmpty()).isTrue();
  }

  @Test
  void a_chunk_that_was_put_again_is_stored() {
    damageOne();
    assertThatThrownBy(() -> store.get(one.id())).isInstanceOf(StoreCorruptException.class);
    behind.chunks.remove(one.id());

    store.put(List.of(one));

    assertThat(damaged.isEmpty()).isTrue();
    assertThat(store.get(one.id())).hasValue(bytes(one));
  }

  @Test
  void damage_that_the_store_notices_itself_is_remembered() {
    behind.put(List.of(one));
    behind.failure = new StoreCorruptException("unreadable", null);
    assertThatThrownBy(() -> store.get(one.id())).isInstanceOf(StoreCorruptException.class);

    assertThat(damaged.contains(one.id())).isTrue();
  }
}
