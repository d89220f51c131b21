package tf.grid.hub.image.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.MemoryStore;

class LostMemoryTest {
  private static final long MEMORY = 1 << 20;

  private final MemoryStore store = new MemoryStore();
  private final CountDownLatch waits = new CountDownLatch(1);

  @Test
  void an_image_that_loses_its_memory_while_it_waits_is_told_to_come_back() throws Exception {
    ExecutorService clients = Executors.newCachedThreadPool();
    try (ChunkPipeline pipeline =
        new ChunkPipeline(store, store, new PipelineSize(1, 1), LostMemoryTest::thread)) {
      LayerBuilder builder =
          new LayerBuilder(pipeline, store, budget(), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
      Future<?> greedy = clients.submit(() -> waitWithMemory(builder));
      Await.open("the first waits for more of its image", waits);
      Future<?> unused = clients.submit(() -> takeFairPart(builder));
      assertThatThrownBy(() -> Await.result(greedy))
          .cause()
          .isInstanceOf(TryAgainLaterException.class)
          .extracting(busy -> ((TryAgainLaterException) busy).status())
          .isEqualTo(503);
    } finally {
      clients.shutdownNow();
    }
  }

  private static EntryBudget budget() {
    FairMemory memory = new FairMemory(MEMORY, Duration.ofMillis(250), Ticker.SYSTEM);
    return new EntryBudget(memory);
  }

  private Void waitWithMemory(LayerBuilder builder) throws Exception {
    try (LayeredBuild build = builder.begin("alice", Progress.NONE)) {
      build.reserve(MEMORY);
      return ImageConversion.checked(build, this::awaitContent);
    }
  }

  private static Void takeFairPart(LayerBuilder builder) throws Exception {
    while (true) {
      try (LayeredBuild build = builder.begin("bob", Progress.NONE)) {
        build.reserve(MEMORY / 4);
        return null;
      } catch (TryAgainLaterException busy) {
        // On a slow machine, the other one may not have ended in time.
        assertThat(busy.status()).isEqualTo(503);
      }
    }
  }

  private Void awaitContent() throws IOException {
    waits.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IOException("the connection failed", e);
    }
    return null;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }
}
