package tf.grid.hub.image.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.image.PullException.MalformedImageException;

class ImageJsonTest {
  private static final byte[] SHORT = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LONG =
      ("{\"a\":1}" + " ".repeat(100_000)).getBytes(StandardCharsets.UTF_8);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void what_is_too_large_is_refused_before_it_is_parsed() {
    byte[] large = new byte[ImageJson.LARGEST + 1];
    assertThatThrownBy(
            () ->
                ImageJson.read(
                    large,
                    "the document",
                    reader -> {
                      throw new AssertionError("parsed");
                    }))
        .isInstanceOf(MalformedImageException.class)
        .hasMessage("the document has more than 1048576 bytes, the most that is read");
  }

  @Test
  void of_long_documents_one_is_in_memory_and_short_ones_do_not_wait() throws Exception {
    CountDownLatch parsing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> first =
        threads.submit(
            () ->
                ImageJson.read(
                    LONG,
                    "the document",
                    reader -> {
                      parsing.countDown();
                      awaited(release);
                      return reader.readObject().size();
                    }));
    parsing.await();
    CountDownLatch entered = new CountDownLatch(1);
    FutureTask<Integer> second =
        new FutureTask<>(
            () ->
                ImageJson.read(
                    LONG,
                    "the document",
                    reader -> {
                      entered.countDown();
                      return 2;
                    }));
    Thread waiting = new Thread(second, "second reader");
    waiting.start();
    Await.waiting("the second long document waits", waiting);
    assertThat(ImageJson.<Integer>read(SHORT, "it", reader -> reader.readObject().size()))
        .isEqualTo(1);
    assertThat(entered.getCount()).isEqualTo(1);
    release.countDown();
    assertThat(first.get()).isEqualTo(1);
    assertThat(second.get()).isEqualTo(2);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
