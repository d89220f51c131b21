package tf.grid.hub.limit.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.HandClock;
import tf.grid.hub.limit.ConcurrencyLimit;
import tf.grid.hub.limit.TryAgainLaterException;

class UploadLimitTest {
  private static final String ALICE = "alice";
  private static final String BOB = "bob";
  private static final String CAROL = "carol";
  private static final QueueLimits PATIENT =
      new QueueLimits(4, Duration.ofSeconds(30), Duration.ofMillis(5));

  private final HandClock clock = new HandClock(Instant.EPOCH);
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final UploadLimit<String> hasty = limit(QueueLimits.of(0));
  private final UploadLimit<String> patient = limit(PATIENT);
  private final CountDownLatch end = new CountDownLatch(1);

  private UploadLimit<String> limit(QueueLimits rules) {
    return new UploadLimit<>(3, 2, rules, InFlight.UNTRACKED, clock);
  }

  @AfterEach
  void stop() {
    end.countDown();
    clients.shutdownNow();
  }

  @Test
  void an_account_with_its_share_leaves_room_for_others() throws IOException {
    within(
        ALICE,
        () ->
            within(
                ALICE,
                () -> {
                  assertRefused(ALICE, "2 uploads of this account");
                  assertThat(within(BOB, () -> assertRefused(CAROL, "3 uploads are"))).isTrue();
                  return true;
                }));
    assertThat(within(ALICE, () -> true)).isTrue();
  }

  @Test
  void a_failure_gives_everything_back() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> within(ALICE, UploadLimitTest::fail)).hasMessage("broken");
    }
    assertThat(within(ALICE, () -> true)).isTrue();
  }

  @Test
  void who_waits_gets_the_place_that_becomes_free() throws Exception {
    takeAll();
    Future<Boolean> next = startArrived(CAROL);
    awaitWaiting(1);
    end.countDown();
    assertThat(Await.result(next)).isTrue();
    assertThat(patient.waiting()).isZero();
  }

  @Test
  void no_place_is_taken_before_content_comes() throws Exception {
    Content silent = new Content();
    silent.begins = new CountDownLatch(1);
    Future<Boolean> upload = start(ALICE, silent);
    awaitWaiting(1);
    takeAll();
    silent.begins.countDown();
    end.countDown();
    assertThat(Await.result(upload)).isTrue();
  }

  @Test
  void nobody_waits_for_ever() throws Exception {
    takeAll();
    Future<Boolean> next = startArrived(CAROL);
    awaitWaiting(1);
    clock.pass(Duration.ofSeconds(30));
    assertBusy(next);
  }

  @Test
  void the_slowest_yields_its_place_to_one_who_waits() throws Exception {
    List<Content> running = takeAll();
    int[] kibPerSecond = {100, 10, 5};
    for (int i = 0; i < running.size(); i++) {
      running.get(i).flow.waits();
    }
    clock.pass(Duration.ofSeconds(10));
    for (int i = 0; i < running.size(); i++) {
      running.get(i).flow.moved(kibPerSecond[i] * 10L * 1024);
    }
    assertThat(running).noneMatch(content -> content.flow.isRevoked());
    Future<Boolean> next = startArrived(CAROL);
    Await.until("the slowest yields", () -> running.get(2).flow.isRevoked());
    end.countDown();
    assertThat(Await.result(next)).isTrue();
    assertThat(running.get(2).flow.reason()).contains("5120 bytes a second");
    assertThat(running.get(0).flow.isRevoked()).isFalse();
    assertThat(running.get(1).flow.isRevoked()).isFalse();
    assertThat(patient.yielded()).isEqualTo(1);
  }

  @Test
  void an_account_does_not_lose_its_only_place_to_one_that_has_as_many() throws Exception {
    List<Content> running = takeAll();
    running.get(2).flow.waits();
    clock.pass(Duration.ofSeconds(20));
    Future<Boolean> more = startArrived(ALICE);
    awaitWaiting(1);
    clock.pass(Duration.ofSeconds(30));
    assertBusy(more);
    assertThat(running.get(2).flow.isRevoked()).isFalse();
  }

  @Test
  void slow_content_keeps_its_place_while_nobody_waits() throws Exception {
    List<Content> running = takeAll();
    running.get(0).flow.waits();
    clock.pass(Duration.ofMinutes(10));
    running.get(0).flow.moved(1);
    end.countDown();
    assertThat(running).noneMatch(content -> content.flow.isRevoked());
    assertThat(patient.yielded()).isZero();
  }

  @Test
  void the_time_that_the_hub_takes_makes_no_upload_slow() throws Exception {
    List<Content> running = takeAll();
    clock.pass(Duration.ofSeconds(29));
    Future<Boolean> next = startArrived(CAROL);
    awaitWaiting(1);
    clock.pass(Duration.ofSeconds(30));
    assertBusy(next);
    assertThat(running).noneMatch(content -> content.flow.isRevoked());
  }

  @Test
  void the_account_that_fills_the_queue_makes_room_for_another() throws Exception {
    takeAll();
    List<Future<Boolean>> crowd = new ArrayList<>();
    for (int i = 1; i <= PATIENT.most(); i++) {
      crowd.add(startArrived(ALICE));
      awaitWaiting(i);
    }
    assertBusy(startArrived(ALICE));
    Future<Boolean> other = startArrived(CAROL);
    assertBusy(crowd.get(PATIENT.most() - 1));
    end.countDown();
    assertThat(Await.result(other)).isTrue();
    assertThat(Await.result(crowd.get(0))).isTrue();
  }

  @Test
  void a_silent_client_makes_room_in_a_full_queue() throws Exception {
    takeAll();
    Content silent = new Content();
    silent.begins = new CountDownLatch(1);
    Future<Boolean> quiet = start(ALICE, silent);
    awaitWaiting(1);
    for (int i = 2; i <= PATIENT.most(); i++) {
      Future<Boolean> unused = startArrived(ALICE);
      awaitWaiting(i);
    }
    clock.pass(Duration.ofSeconds(6));
    Future<Boolean> next = startArrived(ALICE);
    Await.until("the silent one is told", () -> silent.flow.isRevoked());
    assertThatThrownBy(() -> Await.result(quiet)).hasRootCauseMessage("interrupted");
    end.countDown();
    assertThat(Await.result(next)).isTrue();
  }

  /** Two places for Alice and one for Bob, until the end. */
  private List<Content> takeAll() {
    List<Content> running = new ArrayList<>();
    for (String owner : List.of(ALICE, ALICE, BOB)) {
      Content content = new Content();
      content.runs = new CountDownLatch(1);
      running.add(content);
      Future<Boolean> unused = start(owner, content);
      Await.open("the place is taken", content.runs);
    }
    return running;
  }

  private Future<Boolean> start(String owner, Content content) {
    return clients.submit(
        () ->
            patient.<Boolean, IOException>within(
                owner,
                content,
                () -> {
                  content.runs.countDown();
                  Await.open("the test ends", end);
                  return true;
                }));
  }

  /** Work that is either in the queue for a place or has one: its content has arrived. */
  private Future<Boolean> startArrived(String owner) {
    return clients.submit(
        () ->
            patient.<Boolean, IOException>within(
                owner,
                () -> {
                  Await.open("the test ends", end);
                  return true;
                }));
  }

  private void awaitWaiting(int count) {
    Await.until(count + " wait", () -> patient.waiting() == count);
  }

  private static void assertBusy(Future<Boolean> upload) {
    assertThatThrownBy(() -> Await.result(upload))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TryAgainLaterException.class);
  }

  private static boolean fail() throws IOException {
    throw new IOException("broken");
  }

  private boolean within(String owner, ConcurrencyLimit.Work<Boolean, IOException> work)
      throws IOException {
    return hasty.<Boolean, IOException>within(owner, work);
  }

  private boolean assertRefused(String owner, String message) {
    assertThatThrownBy(() -> within(owner, () -> true))
        .isInstanceOf(TryAgainLaterException.class)
        .hasMessageStartingWith(message);
    return true;
  }

  /** Content whose first bytes may be held back. */
  private final class Content implements Arrival {
    private final Flow flow = new Flow(clock);
    private CountDownLatch begins = new CountDownLatch(0);
    private CountDownLatch runs = new CountDownLatch(1);

    @Override
    public void begin() throws IOException {
      flow.waits();
      try {
        begins.await();
      } catch (InterruptedException e) {
        throw new IOException("interrupted");
      } finally {
        flow.moved(1);
      }
    }

    @Override
    public Flow flow() {
      return flow;
    }
  }
}
