package tf.grid.hub.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;

class BodyWaitsTest {
  private final BodyWaits waits = new BodyWaits(2);
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final CountDownLatch content = new CountDownLatch(1);

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @Test
  void the_longest_wait_ends_when_there_are_too_many() throws Exception {
    Future<Boolean> first = await();
    Future<Boolean> second = await();
    Future<Boolean> third = await();
    assertThat(Await.result(first)).isTrue();
    content.countDown();
    assertThat(Await.result(second)).isFalse();
    assertThat(Await.result(third)).isFalse();
  }

  @Test
  void who_has_got_something_waits_anew() throws Exception {
    BodyWaits.Wait wait = waits.begin();
    Future<Boolean> longest = await();
    assertThat(waits.end(wait)).isFalse();
    wait = waits.begin();
    Future<Boolean> newest = await();
    assertThat(Await.result(longest)).isTrue();
    content.countDown();
    assertThat(Await.result(newest)).isFalse();
    assertThat(waits.end(wait)).isFalse();
    assertThat(Thread.interrupted()).isFalse();
  }

  private Future<Boolean> await() {
    CountDownLatch begun = new CountDownLatch(1);
    Future<Boolean> result =
        clients.submit(
            () -> {
              BodyWaits.Wait wait = waits.begin();
              begun.countDown();
              try {
                content.await();
              } catch (InterruptedException e) {
                assertThat(Thread.interrupted()).isFalse();
              }
              return waits.end(wait);
            });
    Await.open("it waits", begun);
    return result;
  }
}
