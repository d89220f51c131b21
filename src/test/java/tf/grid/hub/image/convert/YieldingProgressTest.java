package tf.grid.hub.image.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.HandClock;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.limit.queue.Flow;
import tf.grid.hub.limit.queue.InFlight;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.progress.ReceivedStream;

class YieldingProgressTest {
  private final HandClock clock = new HandClock(Instant.EPOCH);
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final CountDownLatch next = new CountDownLatch(1);
  private final UploadLimit<String> places =
      new UploadLimit<>(
          1,
          1,
          new QueueLimits(4, Duration.ofMinutes(1), Duration.ofMillis(5)),
          InFlight.UNTRACKED,
          clock);

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @Test
  void an_image_that_drips_is_given_up_when_another_waits() throws Exception {
    Future<Integer> dripping = convert("alice", drip());
    Await.open("the image drips", next);
    assertThat(places.<Integer, IOException>within("bob", () -> 7)).isEqualTo(7);
    assertThatThrownBy(() -> Await.result(dripping))
        .cause()
        .isInstanceOfSatisfying(
            TryAgainLaterException.class, busy -> assertThat(busy.status()).isEqualTo(503))
        .hasMessageStartingWith("the image came with 1 bytes a second while others waited");
  }

  @Test
  void received_bytes_are_passed_on() throws Exception {
    List<Long> received = new ArrayList<>();
    Progress seen =
        new Progress() {
          @Override
          public void received(long bytes) {
            received.add(bytes);
          }
        };
    InputStream layer =
        new ReceivedStream(
            new ByteArrayInputStream(new byte[3]), new YieldingProgress(seen, new Flow(clock)));
    assertThat(layer.readAllBytes()).hasSize(3);
    assertThat(received).containsExactly(3L, 0L);
  }

  private Future<Integer> convert(String owner, InputStream layer) {
    Flow flow = new Flow(clock);
    InputStream received = new ReceivedStream(layer, new YieldingProgress(Progress.NONE, flow));
    return clients.submit(
        () ->
            places.<Integer, IOException>ofOwner(
                owner,
                () ->
                    places.<Integer, IOException>shared(
                        owner, flow, () -> received.readAllBytes().length)));
  }

  /** One byte a second, and then nothing. */
  private InputStream drip() {
    return new InputStream() {
      private int count;

      @Override
      public int read() throws IOException {
        if (++count > 20) {
          next.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
        clock.pass(Duration.ofSeconds(1));
        return 0;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        into[offset] = (byte) read();
        return 1;
      }
    };
  }
}
