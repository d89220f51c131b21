package tf.grid.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tf.grid.hub.chunk.ChunkId;

/** What every chunk store does, whatever is behind it. A test class of a store implements this. */
public interface ChunkStoreContract {

  /** The store under test, the same one during a test; it holds nothing when the test starts. */
  ChunkStore store();

  @Test
  default void a_chunk_that_was_put_is_got_back() {
    StoredChunk one = chunk(1, 70_000);
    store().put(List.of(one));
    assertThat(store().get(one.id())).hasValue(bytes(one));
  }

  @Test
  default void a_chunk_that_was_never_put_is_empty_and_missing() {
    ChunkId unknown = chunk(2, 10).id();
    assertThat(store().get(unknown)).isEmpty();
    assertThat(store().missing(List.of(unknown))).containsExactly(unknown);
  }

  @Test
  default void nothing_is_asked_and_nothing_is_put_without_chunks() {
    store().put(List.of());
    assertThat(store().missing(List.of())).isEmpty();
  }

  @Test
  default void missing_names_only_what_is_not_there() {
    List<StoredChunk> there = chunks(100, 700);
    List<StoredChunk> absent = chunks(10_000, 700);
    store().put(there);
    List<ChunkId> asked = new ArrayList<>(ids(there));
    asked.addAll(ids(absent));
    asked.addAll(ids(absent));
    assertThat(store().missing(asked)).isEqualTo(new HashSet<>(ids(absent)));
  }

  @Test
  default void thousands_of_chunks_go_in_one_call() {
    List<StoredChunk> many = chunks(20_000, 5_000);
    store().put(many);
    assertThat(store().missing(ids(many))).isEmpty();
    for (int i = 0; i < many.size(); i += 499) {
      assertThat(store().get(many.get(i).id())).hasValue(bytes(many.get(i)));
    }
  }

  @Test
  default void chunks_from_the_smallest_to_the_largest_piece_are_kept() {
    List<StoredChunk> sizes =
        List.of(chunk(3, 8), chunk(4, 4_096), chunk(5, 524_288), chunk(6, 611_724));
    store().put(sizes);
    for (StoredChunk size : sizes) {
      assertThat(store().get(size.id())).hasValue(bytes(size));
    }
  }

  @Test
  default void a_chunk_may_be_put_again_and_twice_in_one_call() {
    StoredChunk again = chunk(7, 3_000);
    store().put(List.of(again, chunk(8, 100), again));
    store().put(List.of(again));
    assertThat(store().get(again.id())).hasValue(bytes(again));
  }

  @Test
  default void a_slice_of_a_larger_buffer_is_put_and_left_as_it_was() {
    StoredChunk whole = chunk(9, 5_000);
    byte[] arena = new byte[20_000];
    System.arraycopy(bytes(whole), 0, arena, 7_000, 5_000);
    ByteBuffer slice = ByteBuffer.wrap(arena, 7_000, 5_000);
    store().put(List.of(new StoredChunk(whole.id(), slice)));
    assertThat(slice.position()).isEqualTo(7_000);
    assertThat(slice.remaining()).isEqualTo(5_000);
    assertThat(store().get(whole.id())).hasValue(bytes(whole));
  }

  @Test
  default void a_buffer_outside_the_heap_and_one_that_is_read_only_are_put() {
    StoredChunk whole = chunk(10, 40_000);
    ByteBuffer direct = ByteBuffer.allocateDirect(40_000).put(bytes(whole)).flip();
    StoredChunk other = chunk(11, 300);
    store()
        .put(
            List.of(
                new StoredChunk(whole.id(), direct),
                new StoredChunk(other.id(), other.bytes().asReadOnlyBuffer())));
    assertThat(store().get(whole.id())).hasValue(bytes(whole));
    assertThat(store().get(other.id())).hasValue(bytes(other));
  }

  @Test
  default void buffers_may_be_reused_once_put_has_returned() {
    StoredChunk kept = chunk(12, 9_000);
    byte[] arena = bytes(kept);
    store().put(List.of(new StoredChunk(kept.id(), ByteBuffer.wrap(arena))));
    Arrays.fill(arena, (byte) 0);
    assertThat(store().get(kept.id())).hasValue(bytes(kept));
  }

  @Test
  default void threads_that_put_the_same_chunks_at_once_all_succeed() throws Exception {
    List<StoredChunk> shared = chunks(50_000, 300);
    Callable<Void> upload =
        () -> {
          for (int i = 0; i < shared.size(); i += 50) {
            store().put(shared.subList(i, i + 50));
            assertThat(store().missing(ids(shared.subList(0, i + 50)))).isEmpty();
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Void> done : threads.invokeAll(List.of(upload, upload, upload, upload))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    for (StoredChunk each : shared) {
      assertThat(store().get(each.id())).hasValue(bytes(each));
    }
  }
}
