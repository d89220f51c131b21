package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.mirror.Mirror;
import tf.grid.hub.mirror.MirrorSettings;
import tf.grid.hub.mirror.MirrorStatus;
import tf.grid.hub.mirror.RepositoryImport;
import tf.grid.hub.mirror.copy.ChunkFetch;
import tf.grid.hub.mirror.copy.CopyCounters;
import tf.grid.hub.mirror.copy.CopySource;
import tf.grid.hub.mirror.copy.FlistCopy;
import tf.grid.hub.mirror.copy.RepositoryCopy;
import tf.grid.hub.mirror.source.HubSource;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.upload.flist.ChunkInspector;
import tf.grid.hub.wiring.RunningMirror;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.MirrorOptions;
import tf.grid.hub.wiring.config.limit.LimitSettings;

/** Produces the services that copy from other hubs. */
@ApplicationScoped
public class MirrorProducer {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** How long a comparison may take before the hub is said to lag. */
  private static final Duration USUAL_RUN = Duration.ofMinutes(1);

  /** Each holds a chunk in memory. */
  private static final int CHUNKS_AT_ONCE = 8;

  /** From this heap size on, several flists are copied at a time. */
  private static final long HEAP_FOR_TWO = 512L << 20;

  private static final int FLISTS_AT_ONCE = 4;

  @Produces
  @Singleton
  MirrorStatus status(HubConfiguration configuration, Clock clock) {
    MirrorOptions options = configuration.mirror();
    return new MirrorStatus(
        options.source(), options.interval().multipliedBy(2).plus(USUAL_RUN), clock);
  }

  @Produces
  @Singleton
  CopyCounters counters() {
    return new CopyCounters();
  }

  @Produces
  @Singleton
  FlistCopy flists(
      ChunkStore store,
      ChunkInspector inspection,
      FlistPublisher publisher,
      PublishSettings settings,
      UploadLimit<RepositoryName> places,
      CopyCounters counters,
      Ticker ticker,
      ShutdownActions closing) {
    ExecutorService threads = threads("mirror-chunks-", CHUNKS_AT_ONCE, closing);
    return new FlistCopy(
        new ChunkFetch(store, threads, counters),
        inspection,
        publisher,
        settings,
        places,
        counters,
        ticker);
  }

  @Produces
  @Singleton
  RepositoryCopy copies(
      HubConfiguration configuration,
      Catalogue catalogue,
      FlistCopy flists,
      Clock clock,
      ShutdownActions closing) {
    LimitSettings limits = configuration.limits();
    int memory = Runtime.getRuntime().maxMemory() < HEAP_FOR_TWO ? 2 : FLISTS_AT_ONCE;
    int atOnce = Math.min(memory, limits.uploadsPerAccount());
    return new RepositoryCopy(catalogue, flists, threads("mirror-flists-", atOnce, closing), clock);
  }

  /** Copies on request connect to the same addresses as registries. */
  @Produces
  @Singleton
  RepositoryImport imports(
      RepositoryCopy copies,
      GuardedHttp http,
      AddressGuard guard,
      Jobs jobs,
      Clock clock,
      Ticker ticker) {
    return new RepositoryImport(
        copies,
        source -> new CopySource(new HubSource(http, source, clock, ticker), guard, false),
        jobs);
  }

  @Produces
  @Singleton
  RunningMirror mirror(
      HubConfiguration configuration,
      RepositoryCopy copies,
      AddressGuard guard,
      MirrorStatus status,
      Clock clock,
      Ticker ticker,
      ShutdownActions closing)
      throws IOException {
    MirrorOptions options = configuration.mirror();
    if (options.source().isEmpty()) {
      return new RunningMirror(Optional.empty());
    }
    URI base = options.source().get();
    GuardedHttp http =
        GuardedHttp.open(trusting(base), configuration.images().authorities(), CONNECT, SILENCE);
    closing.later(() -> http.close());
    CopySource source = new CopySource(new HubSource(http, base, clock, ticker), guard, true);
    MirrorSettings settings =
        new MirrorSettings(options.directory(), options.repositories(), options.interval());
    return new RunningMirror(
        Optional.of(closing.later(new Mirror(settings, source, copies, status, clock, ticker))));
  }

  /** The operator chose the source, which may have any address; TLS is required if it says so. */
  private static AddressGuard trusting(URI source) throws IOException {
    Origin origin = Origin.of(source);
    Set<String> plain = origin.isPlain() ? Set.of(origin.toString()) : Set.of();
    return new AddressGuard(plain, true, NameLookup.SYSTEM);
  }

  private static ExecutorService threads(String name, int count, ShutdownActions closing) {
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(work, name + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    closing.later(threads::shutdownNow);
    return threads;
  }
}
