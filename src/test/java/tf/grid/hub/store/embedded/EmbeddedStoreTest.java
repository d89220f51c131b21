package tf.grid.hub.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkInventory.Totals;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkStoreContract;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;

class EmbeddedStoreTest implements ChunkStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path directory;
  private EmbeddedStore store;

  @BeforeEach
  void open() {
    store = EmbeddedStore.open(directory, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public ChunkStore store() {
    return store;
  }

  @Test
  void chunks_are_there_after_it_was_closed_and_opened_again() {
    List<StoredChunk> kept = chunks(1, 3_000);
    store.put(kept);
    store.close();
    open();
    assertThat(store.missing(ids(kept))).isEmpty();
    assertThat(store.get(kept.get(17).id())).hasValue(bytes(kept.get(17)));
  }

  @Test
  void more_chunks_than_are_held_back_from_the_index_are_all_found() {
    List<StoredChunk> many = chunks(1, 70_000);
    for (int i = 0; i < many.size(); i += 10_000) {
      store.put(many.subList(i, i + 10_000));
    }
    assertThat(store.missing(ids(many))).isEmpty();
    assertThat(store.get(many.get(0).id())).hasValue(bytes(many.get(0)));
    assertThat(store.totals().chunks()).isEqualTo(70_000);
  }

  @Test
  void a_value_of_eight_mebibytes_is_kept_and_a_larger_one_is_refused() {
    StoredChunk largest = chunk(1, 8 << 20);
    store.put(List.of(largest));
    assertThat(store.get(largest.id())).hasValue(bytes(largest));
    StoredChunk tooLarge = chunk(2, (8 << 20) + 1);
    assertThatThrownBy(() -> store.put(List.of(tooLarge)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8388609");
    assertThat(store.missing(List.of(tooLarge.id()))).hasSize(1);
  }

  @Test
  void an_empty_chunk_is_refused() {
    StoredChunk empty = new StoredChunk(chunk(1, 1).id(), ByteBuffer.allocate(0));
    assertThatThrownBy(() -> store.put(List.of(empty)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_second_store_of_the_same_directory_is_refused_with_a_clear_message() {
    assertThatThrownBy(() -> EmbeddedStore.open(directory, Clock.systemUTC()))
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContaining("another hub uses it")
        .hasMessageContaining(directory.toString());
    store.put(List.of(chunk(1, 10)));
  }

  @Test
  void a_closed_store_says_so() {
    store.close();
    assertThatThrownBy(() -> store.put(List.of(chunk(1, 10))))
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> store.missing(List.of(chunk(1, 10).id())))
        .isInstanceOf(StoreUnreachableException.class);
    assertThatThrownBy(() -> store.get(chunk(1, 10).id()))
        .isInstanceOf(StoreUnreachableException.class);
  }

  @Test
  void a_thread_that_is_interrupted_does_not_harm_the_others() {
    StoredChunk first = chunk(1, 100_000);
    Thread.currentThread().interrupt();
    store.put(List.of(first));
    assertThat(Thread.interrupted()).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store.missing(List.of(chunk(2, 10).id())))
        .isInstanceOf(StoreUnreachableException.class);
    assertThatThrownBy(() -> store.get(first.id())).isInstanceOf(StoreUnreachableException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.get(first.id())).hasValue(bytes(first));
    store.put(List.of(chunk(3, 10)));
  }

  @Test
  void entries_tell_size_and_time() {
    StoredChunk one = chunk(1, 12_345);
    store.put(List.of(one));
    assertThat(store.entry(one.id())).hasValue(new Entry(one.id(), 12_345, NOW));
    assertThat(store.entry(chunk(2, 10).id())).isEmpty();
  }

  @Test
  void totals_count_every_chunk_once() {
    store.put(List.of(chunk(1, 1_000), chunk(2, 500), chunk(1, 1_000)));
    store.put(List.of(chunk(2, 500), chunk(3, 50)));
    assertThat(store.totals()).isEqualTo(new Totals(3, 1_550));
  }

  @Test
  void pages_list_every_chunk_once_in_the_order_of_the_ids() {
    List<StoredChunk> kept = chunks(1, 250);
    store.put(kept);
    List<Entry> listed = new ArrayList<>();
    List<Entry> page = store.page(Optional.empty(), 100);
    while (!page.isEmpty()) {
      listed.addAll(page);
      page = store.page(Optional.of(page.get(page.size() - 1).id()), 100);
    }
    assertThat(listed.stream().map(Entry::id)).isEqualTo(ids(kept).stream().sorted().toList());
  }
}
