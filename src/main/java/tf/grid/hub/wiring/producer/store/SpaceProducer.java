package tf.grid.hub.wiring.producer.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.audit.AuditLog;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.shared.HubGroup.Work;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.space.Collector;
import tf.grid.hub.space.ContentChecks;
import tf.grid.hub.space.GarbageCollection;
import tf.grid.hub.space.RetentionRuns;
import tf.grid.hub.space.SpaceSettings;
import tf.grid.hub.space.StoreDisk;
import tf.grid.hub.space.check.ContentCheck;
import tf.grid.hub.space.retention.Retention;
import tf.grid.hub.space.retention.RetentionRule;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.store.lease.ChunkUses;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.WorkDirectory.Scratch;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.limit.CollectionSettings;
import tf.grid.hub.wiring.producer.store.StoreProducer.DirectStore;
import tf.grid.hub.wiring.producer.store.StoreProducer.Sharing;

/** Produces the services that free space. */
@ApplicationScoped
public class SpaceProducer {
  private static final double PERCENT = 100;

  @Produces
  @Singleton
  SpaceSettings settings(HubConfiguration configuration) {
    CollectionSettings settings = configuration.collection();
    return new SpaceSettings(
        configuration.directories().data().resolve("collection"),
        settings.rewritePercent() / PERCENT,
        settings.bytesPerSecond(),
        settings.scrubBytesPerSecond());
  }

  @Produces
  @Singleton
  ContentCheck check(
      Catalogue catalogue, DirectStore store, Scratch scratch, Clock clock, Sharing sharing) {
    return new ContentCheck(catalogue, store.store(), scratch.path(), clock, sharing.group());
  }

  @Produces
  @Singleton
  ContentChecks checks(
      ContentCheck check,
      Jobs jobs,
      FailureMessage reasons,
      SpaceSettings settings,
      Clock clock,
      Ticker ticker,
      Sharing sharing,
      ShutdownActions closing) {
    return closing.later(
        new ContentChecks(
            check, jobs, reasons, settings, clock, ticker, sharing.turns(Work.CHECK)));
  }

  @Produces
  @Singleton
  StoreDisk disk(HubConfiguration configuration) {
    return new StoreDisk(
        configuration.store().isRemote()
            ? Optional.empty()
            : Optional.of(configuration.directories().store()));
  }

  @Produces
  @Singleton
  RetentionRuns retention(
      HubConfiguration configuration,
      SpaceSettings settings,
      Catalogue catalogue,
      DownloadCounts counts,
      AuditLog audit,
      Jobs jobs,
      FailureMessage reasons,
      Clock clock,
      Sharing sharing,
      ShutdownActions closing) {
    // A mirror deletes nothing, whatever the rules are.
    List<RetentionRule> rules =
        configuration.site().readOnly() ? List.of() : configuration.retention().rules();
    Retention retention = new Retention(rules, catalogue, counts, audit, clock);
    return closing.later(
        new RetentionRuns(
            retention, jobs, reasons, settings, clock, sharing.turns(Work.RETENTION)));
  }

  @Produces
  @Singleton
  GarbageCollection collection(
      SpaceSettings settings,
      Catalogue catalogue,
      DirectStore store,
      KnownChunks known,
      ChunkUses uses,
      Scratch scratch,
      Jobs jobs,
      FailureMessage reasons,
      Clock clock,
      Ticker ticker,
      Sharing sharing,
      ShutdownActions closing) {
    Path unused = settings.directory().resolve("unused.ids");
    Optional<Collector> collector =
        store
            .sweep(scratch.path())
            .map(
                sweep ->
                    new Collector(
                        catalogue,
                        sweep,
                        known,
                        uses,
                        scratch.path(),
                        unused,
                        clock,
                        sharing.group()));
    return closing.later(
        new GarbageCollection(
            collector, jobs, reasons, settings, clock, ticker, sharing.turns(Work.COLLECTION)));
  }
}
