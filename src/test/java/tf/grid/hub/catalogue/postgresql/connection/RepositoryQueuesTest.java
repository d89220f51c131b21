package tf.grid.hub.catalogue.postgresql.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.TryAgainLaterException;

class RepositoryQueuesTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");

  @Test
  void a_repository_for_which_too_many_wait_is_refused_with_the_reason() throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    RepositoryQueues queues = new RepositoryQueues(4);
    try {
      Future<Boolean> holder =
          threads.submit(
              () ->
                  queues.in(
                      ALICE,
                      () -> {
                        locked.countDown();
                        Await.open("the test goes on", goOn);
                        return true;
                      }));
      Await.open("a change runs", locked);
      AtomicInteger refused = new AtomicInteger();
      List<Future<Boolean>> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        waiting.add(threads.submit(() -> waits(queues, refused)));
      }
      Await.until("the queue is full", () -> refused.get() > 0);
      goOn.countDown();
      assertThat(Await.result(holder)).isTrue();
      for (Future<Boolean> each : waiting) {
        assertThat(Await.result(each)).isTrue();
      }
      assertThat(refused).hasValueLessThan(100);
    } finally {
      goOn.countDown();
      threads.shutdownNow();
    }
  }

  private static boolean waits(RepositoryQueues queues, AtomicInteger refused) throws IOException {
    try {
      return queues.in(ALICE, () -> true);
    } catch (TryAgainLaterException e) {
      assertThat(e.status()).isEqualTo(503);
      assertThat(e.retryAfter()).isPresent();
      assertThat(e).hasMessageContaining("another change of this repository is running");
      refused.incrementAndGet();
      return true;
    }
  }

  @Test
  void half_of_the_connections_may_wait_for_other_hubs_but_always_one() {
    assertThat(waits(new RepositoryQueues(8))).isEqualTo(4);
    assertThat(waits(new RepositoryQueues(1))).isEqualTo(1);
  }

  private static int waits(RepositoryQueues queues) {
    int waits = 0;
    while (queues.mayWait()) {
      waits++;
    }
    queues.waited();
    assertThat(queues.mayWait()).isTrue();
    return waits;
  }
}
