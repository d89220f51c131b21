package tf.grid.hub.wiring.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tf.grid.hub.wiring.heap.HeapPlan.HeapTooSmallException;

class HeapPlanTest {
  private static final long MIB = 1L << 20;
  private static final int UPLOADS = 8;

  @Test
  void the_parts_are_the_whole_heap() {
    for (long heap = 224 * MIB; heap <= 16_384 * MIB; heap += 17 * MIB) {
      for (int cores : new int[] {1, 2, 4, 16, 64}) {
        HeapPlan plan = plan(heap, cores);
        assertThat(sum(plan)).as("%d MiB, %d cores", heap / MIB, cores).isEqualTo(heap);
        assertThat(plan.parts().values()).allMatch(bytes -> bytes > 0);
      }
    }
  }

  @Test
  void slow_uploads_cannot_hold_all_units() {
    for (int uploads : new int[] {1, UPLOADS, 100}) {
      assertThat(HeapPlan.of(1024 * MIB, 4, uploads, 1000).pipeline().units())
          .isGreaterThan(uploads);
    }
  }

  @Test
  void the_usual_heap_has_room_for_the_largest_dictionary_of_xz() {
    // The serial collector keeps a part of 256 MiB for itself.
    for (int cores : new int[] {1, 2, 4, 64}) {
      assertThat(plan(247 * MIB, cores).shared()).isGreaterThan(66 * MIB);
    }
  }

  @Test
  void more_connections_leave_less_for_others() {
    HeapPlan usual = HeapPlan.of(512 * MIB, 2, UPLOADS, 1_000);
    HeapPlan many = HeapPlan.of(512 * MIB, 2, UPLOADS, 10_000);
    assertThat(many.shared()).isLessThan(usual.shared());
    assertThat(sum(many)).isEqualTo(512 * MIB);
  }

  @Test
  void a_heap_that_is_too_small_is_refused_with_what_is_needed() {
    for (long heap : new long[] {32, 128, 160}) {
      assertThatThrownBy(() -> plan(heap * MIB, 2))
          .as("%d MiB", heap)
          .isInstanceOf(HeapTooSmallException.class)
          .hasMessageContaining("the heap has %d MiB".formatted(heap))
          .hasMessageContaining("-Xmx");
    }
    assertThatThrownBy(() -> HeapPlan.of(256 * MIB, 2, UPLOADS, 1_000_000))
        .isInstanceOf(HeapTooSmallException.class)
        .hasMessageContaining("1000000 connections");
  }

  @Test
  void it_is_one_line_for_the_log() {
    assertThat(plan(512 * MIB, 2).toString())
        .startsWith("heap of 512 MiB: base ")
        .contains(", shared ")
        .doesNotContain("\n");
  }

  private static HeapPlan plan(long heap, int cores) {
    return HeapPlan.of(heap, cores, UPLOADS, HeapPlan.usualConnections(heap));
  }

  private static long sum(HeapPlan plan) {
    return plan.parts().values().stream().mapToLong(Long::longValue).sum();
  }
}
