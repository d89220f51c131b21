package tf.grid.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.HandClock;

class FairMemoryTest {
  private final HandClock clock = new HandClock(Instant.EPOCH);
  private final ExecutorService uploads = Executors.newCachedThreadPool();
  private final FairMemory memory = new FairMemory(100, Duration.ofSeconds(10), clock);

  @AfterEach
  void stop() {
    uploads.shutdownNow();
  }

  @Test
  void an_account_that_is_alone_gets_everything_and_no_more() {
    try (FairMemory.Share alone = memory.share("alice")) {
      assertThat(alone.take(60)).isTrue();
      assertThat(alone.take(40)).isTrue();
      assertThat(alone.take(1)).isFalse();
      assertThat(memory.free()).isZero();
    }
    assertThat(memory.free()).isEqualTo(100);
  }

  @Test
  void who_has_more_than_the_fair_part_is_refused_when_nothing_is_left() {
    try (FairMemory.Share alice = memory.share("alice");
        FairMemory.Share bob = memory.share("bob")) {
      assertThat(alice.take(40)).isTrue();
      assertThat(bob.take(60)).isTrue();
      assertThatThrownBy(() -> alice.take(11))
          .isInstanceOfSatisfying(
              TryAgainLaterException.class, busy -> assertThat(busy.status()).isEqualTo(503))
          .hasMessageContaining("memory for uploads");
    }
  }

  @Test
  void several_uploads_of_one_account_have_one_part() {
    try (FairMemory.Share first = memory.share("alice");
        FairMemory.Share second = memory.share("alice")) {
      assertThat(first.take(90)).isTrue();
      assertThatThrownBy(() -> second.take(20)).isInstanceOf(TryAgainLaterException.class);
    }
  }

  @Test
  void a_modest_upload_waits_for_the_end_of_a_large_one() throws Exception {
    FairMemory.Share large = memory.share("mallory");
    large.take(95);
    Future<Boolean> modest = take("alice", 30);
    large.close();
    assertThat(Await.result(modest)).isTrue();
    assertThat(large.isRevoked()).isFalse();
  }

  @Test
  void the_largest_upload_ends_when_a_modest_one_needs_its_memory() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    Future<Boolean> hostile =
        uploads.submit(
            () -> {
              try (FairMemory.Share large = memory.share("mallory")) {
                large.take(95);
                taken.countDown();
                new CountDownLatch(1).await(); // a client that sends nothing more
              } catch (InterruptedException e) {
                return Thread.interrupted();
              }
              return true;
            });
    Await.open("the memory is taken", taken);
    Future<Boolean> modest = take("alice", 30);
    Await.until("it waits", () -> !modest.isDone());
    clock.pass(Duration.ofSeconds(11));
    assertThat(Await.result(modest)).isTrue();
    assertThat(Await.result(hostile)).as("its thread is interrupted afterwards").isFalse();
  }

  @Test
  void brief_work_waits_for_memory_and_then_keeps_it() throws Exception {
    FairMemory.Share large = memory.share("mallory");
    large.take(95);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<Boolean> brief = uploads.submit(() -> memory.brief(60, () -> await(begun, end)));
    assertThat(begun.getCount()).isEqualTo(1);
    large.close();
    Await.open("it begins", begun);
    Future<Boolean> other = take("alice", 50);
    clock.pass(Duration.ofSeconds(11));
    assertThat(other.isDone()).isFalse();
    end.countDown();
    assertThat(Await.result(brief)).as("it was not interrupted").isTrue();
    assertThat(Await.result(other)).isTrue();
  }

  @Test
  void brief_work_takes_no_part_of_an_account() throws Exception {
    try (FairMemory.Share alice = memory.share("alice")) {
      assertThat(memory.<Boolean, IOException>brief(30, () -> alice.take(70))).isTrue();
      assertThat(memory.free()).isEqualTo(30);
    }
  }

  @Test
  void brief_work_that_needs_more_than_there_is_does_not_start() {
    assertThatThrownBy(() -> memory.brief(101, () -> fail("it started")))
        .isInstanceOf(TryAgainLaterException.class);
    assertThat(memory.free()).isEqualTo(100);
  }

  private static boolean await(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    try {
      end.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void a_part_can_be_given_back() {
    FairMemory.Share alice = memory.share("alice");
    alice.take(80);
    alice.give(50);
    assertThat(memory.free()).isEqualTo(70);
    alice.close();
    alice.give(30);
    assertThat(memory.free()).isEqualTo(100);
  }

  private Future<Boolean> take(String owner, long bytes) {
    CountDownLatch begun = new CountDownLatch(1);
    Future<Boolean> result =
        uploads.submit(
            () -> {
              try (FairMemory.Share share = memory.share(owner)) {
                begun.countDown();
                return share.take(bytes);
              }
            });
    Await.open("it begins", begun);
    return result;
  }
}
