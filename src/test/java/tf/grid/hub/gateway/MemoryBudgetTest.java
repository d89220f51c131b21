package tf.grid.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);
  private final List<String> granted = new ArrayList<>();

  private boolean take(long bytes, String name) {
    return budget.take(bytes, () -> granted.add(name));
  }

  @Test
  void what_fits_is_taken_at_once() {
    assertThat(take(60, "a")).isTrue();
    assertThat(take(40, "b")).isTrue();
    assertThat(budget.used()).isEqualTo(100);
    assertThat(granted).isEmpty();
  }

  @Test
  void what_does_not_fit_waits_in_line_and_small_wishes_do_not_overtake() {
    assertThat(take(60, "a")).isTrue();
    assertThat(take(50, "large")).isFalse();
    assertThat(take(10, "small")).isFalse();
    budget.give(60);
    assertThat(granted).containsExactly("large", "small");
    assertThat(budget.used()).isEqualTo(60);
  }

  @Test
  void a_wish_larger_than_everything_goes_alone() {
    assertThat(take(1, "a")).isTrue();
    assertThat(take(500, "huge")).isFalse();
    budget.give(1);
    assertThat(granted).containsExactly("huge");
    assertThat(take(1, "b")).isFalse();
    budget.give(500);
    assertThat(granted).containsExactly("huge", "b");
  }

  @Test
  void bytes_that_exist_already_are_counted_whatever_the_room() {
    budget.replace(0, 150);
    assertThat(take(1, "a")).isFalse();
    budget.give(60);
    assertThat(granted).containsExactly("a");
    assertThat(budget.used()).isEqualTo(91);
  }
}
