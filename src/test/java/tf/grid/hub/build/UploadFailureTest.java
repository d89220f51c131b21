package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoredChunk;

class UploadFailureTest {

  private static byte[] noise(int files, int seed) {
    Random random = new Random(seed);
    TarBytes archive = new TarBytes();
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[524_288];
      random.nextBytes(content);
      archive.file("f" + i, content);
    }
    return archive.tar();
  }

  @Test
  void a_store_that_fails_stops_the_upload_soon() throws Exception {
    try (Builds builds = new Builds()) {
      builds.store.limitTo(7);
      AtomicLong received = new AtomicLong();
      Progress progress =
          new Progress() {
            @Override
            public void received(long bytes) {
              received.addAndGet(bytes);
            }
          };
      byte[] archive = noise(100, 1);
      assertThatThrownBy(
              () ->
                  builds.build(new ByteArrayInputStream(archive), ArchiveLimits.DEFAULT, progress))
          .isInstanceOf(StoreFullException.class)
          .hasMessageContaining("no room");
      assertThat(received.get()).isLessThan(archive.length / 2);
      builds.awaitAllUnitsFree();
      assertThat(builds.budget.free()).isEqualTo(Builds.BUDGET);
    }
  }

  @Test
  void an_upload_after_a_failed_one_succeeds() throws Exception {
    try (Builds builds = new Builds()) {
      byte[] archive = noise(10, 2);
      builds.store.limitTo(3);
      assertThatThrownBy(() -> builds.build(archive)).isInstanceOf(StoreFullException.class);
      builds.store.limitTo(1000);
      try (BuiltTree tree = builds.build(archive)) {
        Builds.assertStored(tree, builds.store);
        assertThat(Builds.counts(tree).regular()).isEqualTo(10);
      }
    }
  }

  @Test
  void an_interrupt_cancels_an_upload_that_waits_for_a_worker() throws Exception {
    Gate gate = new Gate();
    try (ChunkPipeline pipeline = pipeline(gate, new PipelineSize(1, 2))) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Future<BuiltTree> upload = thread.submit(build(pipeline, noise(30, 3)));
      gate.asked.await();
      thread.shutdownNow();
      assertThatThrownBy(upload::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedIOException.class);
      gate.open.countDown();
      awaitFree(pipeline, 2);
    }
  }

  @Test
  void closing_the_pipeline_fails_what_is_under_way() throws Exception {
    Gate gate = new Gate();
    ChunkPipeline pipeline = pipeline(gate, new PipelineSize(1, 3));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<BuiltTree> upload = thread.submit(build(pipeline, noise(30, 4)));
    gate.asked.await();
    pipeline.close();
    gate.open.countDown();
    assertThatThrownBy(upload::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfAny(CancellationException.class, IllegalStateException.class);
    thread.shutdown();
    awaitFree(pipeline, 3);
    assertThatThrownBy(() -> pipeline.open(Progress.NONE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void many_uploads_with_little_memory_all_end() throws Exception {
    MemoryStore store = new MemoryStore();
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try (ChunkPipeline pipeline =
        new ChunkPipeline(store, store, new PipelineSize(2, 1), Thread::new)) {
      List<Future<BuiltTree>> uploads = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        uploads.add(threads.submit(build(pipeline, noise(6, i % 3))));
      }
      for (Future<BuiltTree> upload : uploads) {
        try (BuiltTree tree = upload.get()) {
          assertThat(Builds.counts(tree).regular()).isEqualTo(6);
          Builds.assertStored(tree, store);
        }
      }
      awaitFree(pipeline, 1);
      assertThat(store.chunks).hasSize(18);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_slow_client_does_not_hold_up_others() throws Exception {
    uploadNextToSlowOne(new PipelineSize(1, 2));
  }

  @Test
  void a_slow_client_that_holds_all_shared_buffers_does_not_hold_up_others() throws Exception {
    uploadNextToSlowOne(new PipelineSize(1, 2, 1));
  }

  private static void uploadNextToSlowOne(PipelineSize size) throws Exception {
    MemoryStore store = new MemoryStore();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    byte[] archive = noise(5, 9);
    InputStream slow = new Stalling(archive, waiting, go);
    try (ChunkPipeline pipeline = new ChunkPipeline(store, store, size, Thread::new)) {
      FlistBuilder builder = builder(pipeline);
      Future<BuiltTree> stalled = threads.submit(() -> builder.build("alice", slow, Progress.NONE));
      waiting.await();
      Await.result(threads.submit(build(pipeline, noise(20, 10)))).close();
      go.countDown();
      Await.result(stalled).close();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void progress_hears_of_bytes_files_and_chunks() throws Exception {
    AtomicLong received = new AtomicLong();
    AtomicLong files = new AtomicLong();
    AtomicLong fresh = new AtomicLong();
    AtomicLong known = new AtomicLong();
    Progress progress =
        new Progress() {
          @Override
          public void received(long bytes) {
            received.addAndGet(bytes);
          }

          @Override
          public void fileDone() {
            files.incrementAndGet();
          }

          @Override
          public void chunks(int newOnes, int knownOnes) {
            fresh.addAndGet(newOnes);
            known.addAndGet(knownOnes);
          }
        };
    byte[] archive = noise(4, 5);
    try (Builds builds = new Builds()) {
      builds.build(new ByteArrayInputStream(archive), ArchiveLimits.DEFAULT, progress).close();
      assertThat(received).hasValue(archive.length);
      assertThat(files).hasValue(4);
      assertThat(fresh).hasValue(4);
      assertThat(known).hasValue(0);
      builds.build(new ByteArrayInputStream(archive), ArchiveLimits.DEFAULT, progress).close();
      assertThat(fresh).hasValue(4);
      assertThat(known).hasValue(4);
    }
  }

  private static ChunkPipeline pipeline(Gate gate, PipelineSize size) {
    return new ChunkPipeline(gate, gate.store, size, Thread::new);
  }

  private static FlistBuilder builder(ChunkPipeline pipeline) {
    return new FlistBuilder(
        pipeline, new EntryBudget(1 << 24), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
  }

  private static Callable<BuiltTree> build(ChunkPipeline pipeline, byte[] archive) {
    return () -> builder(pipeline).build("alice", new ByteArrayInputStream(archive), Progress.NONE);
  }

  private static void awaitFree(ChunkPipeline pipeline, int units) {
    Await.value("all units are free", pipeline::freeUnits, free -> free == units);
  }

  /** A store that answers once it is opened. */
  private static final class Gate implements ChunkStore {
    final MemoryStore store = new MemoryStore();
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    @Override
    public Set<ChunkId> missing(Collection<ChunkId> ids) {
      asked.countDown();
      boolean interrupted = false;
      while (true) {
        try {
          open.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return store.missing(ids);
    }

    @Override
    public Optional<byte[]> get(ChunkId id) {
      return store.get(id);
    }

    @Override
    public void put(List<StoredChunk> chunks) {
      store.put(chunks);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** Sends some, then nothing until it is told to go on. */
  private static final class Stalling extends InputStream {
    private final ByteArrayInputStream bytes;
    private final CountDownLatch waiting;
    private final CountDownLatch go;
    private int sent;

    Stalling(byte[] bytes, CountDownLatch waiting, CountDownLatch go) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.waiting = waiting;
      this.go = go;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (sent > 1_000_000) {
        waiting.countDown();
        try {
          go.await();
        } catch (InterruptedException e) {
          throw new InterruptedIOException(e.toString());
        }
      }
      int count = bytes.read(into, offset, Math.min(length, 10_000));
      sent += count;
      return count;
    }
  }
}
