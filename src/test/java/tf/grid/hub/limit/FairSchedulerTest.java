package tf.grid.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FairSchedulerTest {
  private static final String ALICE = "alice";
  private static final String BOB = "bob";
  private static final String CAROL = "carol";

  /** Tasks that the threads were given; the test runs them. */
  private final Queue<Runnable> threads = new ArrayDeque<>();

  private final FairScheduler<String> scheduler = new FairScheduler<>(threads::add, 3, 2);
  private final List<String> done = new ArrayList<>();

  @Test
  void one_account_does_not_get_all_threads() {
    add(ALICE, "a1", "a2", "a3", "a4");
    assertThat(threads).hasSize(2);
    add(BOB, "b1");
    assertThat(threads).hasSize(3);
    runAll();
    assertThat(done).containsExactlyInAnyOrder("a1", "a2", "a3", "a4", "b1");
  }

  @Test
  void owners_take_turns_however_much_each_asked_for() {
    add(ALICE, "a1", "a2", "a3", "a4", "a5");
    add(BOB, "b1", "b2");
    add(CAROL, "c1");
    assertThat(threads).hasSize(3);
    runAll();
    assertThat(done).containsExactly("a1", "a2", "b1", "a3", "b2", "c1", "a4", "a5");
  }

  @Test
  void what_was_cancelled_while_it_waited_is_not_done() {
    add(ALICE, "a1", "a2");
    AtomicBoolean wanted = new AtomicBoolean(true);
    scheduler.add(ALICE, wanted::get, () -> done.add("a3"));
    wanted.set(false);
    add(ALICE, "a4");
    runAll();
    assertThat(done).containsExactly("a1", "a2", "a4");
  }

  @Test
  void work_that_fails_makes_room() {
    for (int i = 0; i < 3; i++) {
      scheduler.add(ALICE, () -> true, FairSchedulerTest::fail);
    }
    add(ALICE, "a1");
    runAll();
    assertThat(done).containsExactly("a1");
  }

  private static void fail() {
    throw new IllegalStateException("wrong");
  }

  private void add(String owner, String... works) {
    for (String work : works) {
      scheduler.add(owner, () -> true, () -> done.add(work));
    }
  }

  private void runAll() {
    for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
      try {
        next.run();
      } catch (IllegalStateException expected) {
        assertThat(expected).hasMessage("wrong");
      }
    }
  }
}
