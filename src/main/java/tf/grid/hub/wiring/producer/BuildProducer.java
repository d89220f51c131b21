package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import tf.grid.hub.build.ArchiveLimits;
import tf.grid.hub.build.EntryBudget;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.chunk.Codecs;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.WorkDirectory;
import tf.grid.hub.wiring.WorkDirectory.Scratch;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.LimitSettings;

/** Produces the services that build flists from archives, sized for the machine. */
@ApplicationScoped
public class BuildProducer {

  /** Divisor of the heap for the trees of all uploads. */
  private static final long TREES_SHARE = 4;

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
      HubConfiguration configuration,
      ChunkStore store,
      KnownChunks known,
      Codecs codecs,
      ShutdownActions closing) {
    Runtime machine = Runtime.getRuntime();
    PipelineSize size =
        PipelineSize.of(
            machine.availableProcessors(),
            machine.maxMemory(),
            configuration.limits().concurrentUploads());
    AtomicInteger number = new AtomicInteger();
    return closing.later(
        new ChunkPipeline(
            store,
            known,
            codecs,
            size,
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
  EntryBudget entryBudget() {
    return new EntryBudget(Runtime.getRuntime().maxMemory() / TREES_SHARE);
  }

  @Produces
  @Singleton
  FlistBuilder builder(
      ChunkPipeline pipeline, EntryBudget budget, ArchiveLimits limits, Ticker ticker) {
    return new FlistBuilder(pipeline, budget, limits, ticker);
  }
}
