package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.chunk.codec.Codecs;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.WorkDirectory;
import tf.grid.hub.wiring.WorkDirectory.Scratch;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.limit.LimitSettings;
import tf.grid.hub.wiring.heap.HeapPlan;

/** Produces the services that build flists from archives, sized for the machine. */
@ApplicationScoped
public class BuildProducer {

  /** Divides the greatest size that the heap may have. */
  @Produces
  @Singleton
  HeapPlan heap(HubConfiguration configuration) {
    Runtime machine = Runtime.getRuntime();
    LimitSettings limits = configuration.limits();
    return HeapPlan.of(
        machine.maxMemory(),
        machine.availableProcessors(),
        limits.concurrentUploads(),
        limits.connections());
  }

  @Produces
  @Singleton
  FairMemory memory(HeapPlan heap) {
    return new FairMemory(heap.shared());
  }

  @Produces
  @Singleton
  Scratch scratch(HubConfiguration configuration) throws IOException {
    return new Scratch(WorkDirectory.emptied(configuration.directories().work()));
  }

  @Produces
  @Singleton
  Codecs codecs(ShutdownActions closing) {
    return closing.later(new Codecs());
  }

  @Produces
  @Singleton
  ChunkPipeline pipeline(
      HeapPlan heap, ChunkStore store, KnownChunks known, Codecs codecs, ShutdownActions closing) {
    AtomicInteger number = new AtomicInteger();
    return closing.later(
        new ChunkPipeline(
            store,
            known,
            codecs,
            heap.pipeline(),
            work -> daemon(work, "chunk-worker-" + number.incrementAndGet())));
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Produces
  @Singleton
  ArchiveLimits archiveLimits(HubConfiguration configuration) {
    LimitSettings limits = configuration.limits();
    ArchiveLimits usual = ArchiveLimits.DEFAULT;
    return usual
        .withEntries(limits.entries().orElse(usual.entries()))
        .withUnpackedBytes(limits.unpackedBytes())
        .withRatio(limits.ratio(), usual.ratioFloor());
  }

  @Produces
  @Singleton
  EntryBudget entryBudget(FairMemory memory) {
    return new EntryBudget(memory);
  }

  @Produces
  @Singleton
  FlistBuilder builder(
      ChunkPipeline pipeline, EntryBudget budget, ArchiveLimits limits, Ticker ticker) {
    return new FlistBuilder(pipeline, budget, limits, ticker);
  }
}
