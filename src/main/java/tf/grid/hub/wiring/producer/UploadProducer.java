package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.chunk.codec.Codecs;
import tf.grid.hub.http.connection.Connections;
import tf.grid.hub.http.form.IncomingForms;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.InFlight;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.upload.flist.ChunkInspector;
import tf.grid.hub.upload.flist.ChunkOpener;
import tf.grid.hub.upload.flist.ChunkSample.SamplePolicy;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.WorkDirectory.Scratch;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.limit.LimitSettings;

/** Produces the services for uploads and connections. */
@ApplicationScoped
public class UploadProducer {
  private static final int SECRET_BYTES = 16;

  @Produces
  @Singleton
  PublishSettings uploads(HubConfiguration configuration, Scratch scratch) {
    return new PublishSettings(
        scratch.path(),
        configuration.backend().published().json().toString(),
        configuration.limits().uploadBytes(),
        !configuration.catalogue().isDirectory());
  }

  @Produces
  @Singleton
  UploadLimit<RepositoryName> uploadLimit(
      HubConfiguration configuration, InFlight inFlight, Ticker ticker) {
    LimitSettings limits = configuration.limits();
    return new UploadLimit<>(
        limits.concurrentUploads(),
        limits.uploadsPerAccount(),
        QueueLimits.of(limits.waitingUploads()),
        inFlight,
        ticker);
  }

  @Produces
  @Singleton
  Connections connections(HubConfiguration configuration, Ticker ticker) {
    return new Connections(configuration.limits().connections(), ticker);
  }

  @Produces
  @Singleton
  IncomingForms forms(PublishSettings settings, Ticker ticker) {
    return new IncomingForms(settings.maxBytes(), ticker);
  }

  @Produces
  @Singleton
  ChunkOpener opener(ChunkStore store, Codecs codecs, FairMemory memory, ShutdownActions closing) {
    int count = Runtime.getRuntime().availableProcessors();
    AtomicInteger number = new AtomicInteger();
    return closing.later(
        new ChunkOpener(
            store,
            codecs,
            memory,
            Executors.newFixedThreadPool(
                count, work -> daemon(work, "chunk-opener-" + number.incrementAndGet()))));
  }

  @Produces
  @Singleton
  ChunkInspector inspection(HubConfiguration configuration, ChunkStore store, ChunkOpener opener) {
    LimitSettings limits = configuration.limits();
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new ChunkInspector(
        store, opener, new SamplePolicy(limits.openedChunks(), limits.openedPercent()), secret);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
