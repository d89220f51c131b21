package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.catalogue.change.Dependents;
import tf.grid.hub.catalogue.change.FlistChanges;
import tf.grid.hub.catalogue.change.LinkChanges;
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.change.TagLinkChanges;
import tf.grid.hub.catalogue.comparison.Comparisons;
import tf.grid.hub.catalogue.contents.Contents;
import tf.grid.hub.catalogue.contents.Summaries;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.download.Downloads;
import tf.grid.hub.catalogue.download.SiteAddress;
import tf.grid.hub.catalogue.export.Exports;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.postgresql.DatabaseCounts;
import tf.grid.hub.catalogue.postgresql.PostgresqlCatalogue;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.catalogue.postgresql.connection.UnusableDatabaseException;
import tf.grid.hub.catalogue.quota.ContentSizes;
import tf.grid.hub.catalogue.quota.Quotas;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.mirror.MirrorStatus;
import tf.grid.hub.site.identity.SiteIdentity;
import tf.grid.hub.site.preview.FlistPreviews;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.reserve.DiskReserves;
import tf.grid.hub.webhook.Webhooks;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.WorkDirectory.Scratch;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.HubConfiguration.Directories;
import tf.grid.hub.wiring.config.catalogue.CatalogueSettings;
import tf.grid.hub.wiring.heap.HeapPlan;
import tf.grid.hub.wiring.producer.store.StoreProducer.DirectStore;

/** Produces the catalogue and the services that read from it. */
@ApplicationScoped
public class CatalogueProducer {

  /** From this heap size on, two flists with the largest directories fit in memory. */
  private static final long HEAP_FOR_ONE = 512L << 20;

  /** How many server threads may wait to read a flist, and for how long. */
  private static final int MAX_WAITING = 50;

  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  @Produces
  @Singleton
  Md5Cache md5s(HubConfiguration configuration, Clock clock) throws IOException {
    Path data = Files.createDirectories(configuration.directories().data());
    return Md5Cache.rememberedIn(data.resolve("md5s"), clock);
  }

  void close(@Disposes Md5Cache md5s) throws IOException {
    md5s.close();
  }

  @Produces
  @Singleton
  ContentSizes sizes(
      HubConfiguration configuration, Scratch scratch, ReadLimit readLimit, ShutdownActions closing)
      throws IOException {
    Path data = Files.createDirectories(configuration.directories().data());
    return closing.later(
        new ContentSizes(data.resolve("content-sizes"), scratch.path(), readLimit));
  }

  @Produces
  @Singleton
  Quotas quotas(HubConfiguration configuration, ContentSizes sizes) {
    return new Quotas(
        configuration.quotas().flists(), configuration.quotas().contentBytes(), sizes);
  }

  @Produces
  @Singleton
  Database database(HubConfiguration configuration, ShutdownActions closing)
      throws UnusableDatabaseException {
    return closing.later(Database.open(configuration.catalogue().database()));
  }

  /** Asks for the database only if names are kept there. */
  @Produces
  @Singleton
  Catalogue catalogue(
      HubConfiguration configuration,
      Instance<Database> database,
      Md5Cache md5s,
      DiskReserves disks,
      Quotas quotas,
      Webhooks webhooks,
      ShutdownActions closing)
      throws IOException {
    Directories directories = configuration.directories();
    CatalogueSettings settings = configuration.catalogue();
    if (!settings.isDirectory()) {
      return closing.later(
          PostgresqlCatalogue.open(
              database.get(),
              directories.data().resolve("flist-cache"),
              settings.cacheBytes(),
              Optional.of(quotas),
              webhooks));
    }
    Path published = directories.published();
    List<Path> targets = Stream.concat(Stream.of(published), directories.links().stream()).toList();
    return DirectoryCatalogue.open(
        published.resolve("users"), targets, md5s, disks::isFull, Optional.of(quotas), webhooks);
  }

  @Produces
  @Singleton
  Listings listings(
      HubConfiguration configuration, Catalogue catalogue, MirrorStatus mirror, Clock clock) {
    Set<String> official = new HashSet<>(configuration.site().official());
    if (!configuration.auth().enabled()) {
      official.add(AccountName.ADMINISTRATOR.value());
    }
    return new Listings(
        catalogue,
        () -> {
          Set<String> all = new HashSet<>(official);
          all.addAll(mirror.official());
          return all;
        },
        clock);
  }

  @Produces
  @Singleton
  ReadLimit readLimit() {
    long heap = Runtime.getRuntime().maxMemory();
    return new ReadLimit(heap <= HEAP_FOR_ONE ? 1 : 2, MAX_WAITING, MAX_WAIT);
  }

  @Produces
  @Singleton
  Contents contents(
      HubConfiguration configuration, HeapPlan heap, Scratch scratch, ReadLimit readLimit) {
    return new Contents(
        heap.contents(), scratch.path(), configuration.backend().published(), readLimit);
  }

  @Produces
  @Singleton
  Comparisons comparisons(Scratch scratch, ReadLimit readLimit) {
    return new Comparisons(scratch.path(), readLimit);
  }

  @Produces
  @Singleton
  FlistBrowser browser(Scratch scratch, ChunkStore store, ReadLimit readLimit) {
    return new FlistBrowser(scratch.path(), store, readLimit);
  }

  @Produces
  @Singleton
  Exports exports(
      Scratch scratch,
      DirectStore direct,
      Md5Cache md5s,
      DownloadCounts counts,
      HeapPlan heap,
      Ticker ticker,
      ShutdownActions closing) {
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            work -> daemon(work, "export-reader-" + number.incrementAndGet()));
    closing.later(threads::shutdownNow);
    return new Exports(
        scratch.path(), direct.store(), md5s, counts, threads, heap.exports(), ticker);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Produces
  @Singleton
  Summaries summaries(Catalogue catalogue, Md5Cache md5s) {
    return new Summaries(catalogue, md5s);
  }

  @Produces
  @Singleton
  DownloadCounts counts(
      HubConfiguration configuration,
      Instance<Database> database,
      Instance<QuickDatabase> quick,
      Clock clock,
      ShutdownActions closing)
      throws IOException {
    if (!configuration.catalogue().isDirectory()) {
      return closing.later(DatabaseCounts.open(database.get(), quick.get(), clock));
    }
    Path data = Files.createDirectories(configuration.directories().data());
    return closing.later(
        DownloadCounts.open(
            data.resolve("downloads"),
            configuration.directories().published().resolve("users"),
            clock));
  }

  @Produces
  @Singleton
  Downloads downloads(Catalogue catalogue, Md5Cache md5s, SiteAddress site, DownloadCounts counts) {
    return new Downloads(catalogue, md5s, site, counts);
  }

  @Produces
  SiteAddress site(HubConfiguration configuration) {
    return new SiteAddress(configuration.site().publicUrl(), configuration.backend().published());
  }

  @Produces
  @Singleton
  SiteIdentity identity(HubConfiguration configuration) {
    return configuration.site().identity();
  }

  @Produces
  @Singleton
  FlistPreviews previews(FlistBrowser browser, Md5Cache md5s) {
    return new FlistPreviews(browser, md5s);
  }

  @Produces
  @Singleton
  Dependents dependents(Catalogue catalogue, Listings listings) {
    return new Dependents(catalogue, listings);
  }

  @Produces
  @Singleton
  FlistChanges flistChanges(Catalogue catalogue, Dependents dependents, DownloadCounts counts) {
    return new FlistChanges(catalogue, dependents, counts);
  }

  @Produces
  @Singleton
  LinkChanges linkChanges(Catalogue catalogue) {
    return new LinkChanges(catalogue);
  }

  @Produces
  @Singleton
  TagChanges tagChanges(Catalogue catalogue, Dependents dependents) {
    return new TagChanges(catalogue, dependents);
  }

  @Produces
  @Singleton
  TagLinkChanges tagLinkChanges(Catalogue catalogue) {
    return new TagLinkChanges(catalogue);
  }
}
