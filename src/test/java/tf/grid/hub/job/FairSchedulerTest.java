package tf.grid.hub.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import tf.grid.hub.account.AccountName;

class FairSchedulerTest {
  private static final AccountName ALICE = new AccountName("alice");
  private static final AccountName BOB = new AccountName("bob");
  private static final AccountName CAROL = new AccountName("carol");

  /** What threads were asked to do; the test does it when it likes. */
  private final Queue<Runnable> threads = new ArrayDeque<>();

  private final FairScheduler turns = new FairScheduler(threads::add, 3, 2);
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
  void accounts_take_turns_whoever_asked_for_more() {
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
    Job cancelled = new Job(ALICE, "a3", Clock.systemUTC());
    turns.add(cancelled, () -> done.add("a3"));
    cancelled.cancel();
    add(ALICE, "a4");
    runAll();
    assertThat(done).containsExactly("a1", "a2", "a4");
  }

  @Test
  void work_that_fails_makes_room() {
    for (int i = 0; i < 3; i++) {
      turns.add(new Job(ALICE, "failing", Clock.systemUTC()), FairSchedulerTest::fail);
    }
    add(ALICE, "a1");
    runAll();
    assertThat(done).containsExactly("a1");
  }

  private static void fail() {
    throw new IllegalStateException("wrong");
  }

  private void add(AccountName owner, String... works) {
    for (String work : works) {
      turns.add(new Job(owner, work, Clock.systemUTC()), () -> done.add(work));
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
