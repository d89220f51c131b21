package tf.grid.hub.wiring.producer.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.backup.Snapshots;
import tf.grid.hub.backup.Snapshots.SnapshotSettings;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.postgresql.PostgresqlCatalogue;
import tf.grid.hub.catalogue.postgresql.background.GroupSettings;
import tf.grid.hub.catalogue.shared.HubGroup;
import tf.grid.hub.catalogue.shared.HubGroup.Work;
import tf.grid.hub.catalogue.shared.Turns;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.exchange.ChunkExchange;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.metrics.HubMetrics;
import tf.grid.hub.metrics.StoreMeter;
import tf.grid.hub.store.ChunkInventory;
import tf.grid.hub.store.ChunkScan;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkSweep;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.store.PackSnapshot;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.embedded.EmbeddedStore;
import tf.grid.hub.store.embedded.KeyMemory;
import tf.grid.hub.store.lease.ChunkUses;
import tf.grid.hub.store.lease.ConfirmedChunks;
import tf.grid.hub.store.lease.SharedStore;
import tf.grid.hub.store.lease.TrackedStore;
import tf.grid.hub.store.redis.RedisChunkStore;
import tf.grid.hub.store.remote.DamagedChunks;
import tf.grid.hub.store.remote.RetryingStore;
import tf.grid.hub.store.remote.ScannedStore;
import tf.grid.hub.store.remote.VerifiedStore;
import tf.grid.hub.store.remote.VerifiedStore.Known;
import tf.grid.hub.store.reserve.DiskReserves;
import tf.grid.hub.store.reserve.ReservedStore;
import tf.grid.hub.store.s3.S3ChunkStore;
import tf.grid.hub.store.s3.S3Settings;
import tf.grid.hub.store.zdb.ZdbChunkStore;
import tf.grid.hub.store.zdb.ZdbSettings;
import tf.grid.hub.wiring.HubName;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.HubConfiguration.SnapshotOptions;
import tf.grid.hub.wiring.config.StoreSettings;
import tf.grid.hub.wiring.config.StoreSettings.S3Options;
import tf.grid.hub.wiring.heap.HeapPlan;
import tf.grid.hub.wiring.producer.AccountProducer;
import tf.grid.hub.wiring.property.Secret;

/** Opens the configured chunk store and creates the services that work on it directly. */
@ApplicationScoped
public class StoreProducer {

  private static final System.Logger LOG = System.getLogger(StoreProducer.class.getName());

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MAX_RETRY_TIME = Duration.ofSeconds(35);
  private static final int S3_CONNECTIONS = 64;

  /**
   * The store itself, whose questions do not count as uses of chunks.
   *
   * @param store with retries
   * @param scan of a remote store
   * @param damaged which chunks of a remote store were found damaged
   */
  public record DirectStore(
      ChunkStore store, Optional<ChunkScan> scan, Predicate<ChunkId> damaged) {
    Optional<ChunkInventory> inventory() {
      return store instanceof ChunkInventory known ? Optional.of(known) : Optional.empty();
    }

    Optional<ChunkSweep> sweep(Path workDir) {
      return store instanceof ChunkSweep sweep
          ? Optional.of(sweep)
          : scan.map(all -> new ScannedStore(store, all, workDir));
    }
  }

  /**
   * The hubs with the same catalogue and store.
   *
   * @param group empty if this hub is the only one
   */
  record Sharing(Optional<HubGroup> group) {
    Turns turns(Work work) {
      return group.map(hubs -> Turns.of(hubs, work)).orElse(Turns.ALONE);
    }
  }

  @Produces
  @Singleton
  Sharing sharing(HubConfiguration configuration, Catalogue catalogue, Ticker ticker) {
    return new Sharing(
        catalogue instanceof PostgresqlCatalogue shared
            ? Optional.of(
                shared.group(
                    GroupSettings.of(HubName.current(), configuration.collection().grace()),
                    ticker))
            : Optional.empty());
  }

  @Produces
  @Singleton
  DirectStore direct(
      HubConfiguration configuration,
      Clock clock,
      Ticker ticker,
      HubMetrics metrics,
      ShutdownActions closing)
      throws IOException {
    DirectStore opened = open(configuration, clock, ticker);
    closing.later(opened.store());
    return new DirectStore(
        StoreMeter.of(opened.store(), metrics, ticker), opened.scan(), opened.damaged());
  }

  @Produces
  @Singleton
  ChunkUses uses(HubConfiguration configuration, Clock clock, ShutdownActions closing)
      throws IOException {
    Path data = configuration.directories().data();
    return closing.later(
        ChunkUses.open(data.resolve("chunk-uses"), configuration.collection().grace(), clock));
  }

  @Produces
  @Singleton
  DiskReserves disks(HubConfiguration configuration, ShutdownActions closing) throws IOException {
    return closing.later(
        DiskReserves.on(
            configuration.disks().values(), configuration.directories().reserveBytes()));
  }

  @Produces
  @Singleton
  ChunkStore store(
      DirectStore direct, ChunkUses uses, DiskReserves disks, Sharing sharing, Ticker ticker) {
    ChunkStore tracked = new TrackedStore(new ReservedStore(direct.store(), disks), uses);
    // Outside of the lock of uses, because it may wait for a collection of this hub.
    return sharing
        .group()
        .<ChunkStore>map(
            hubs ->
                new SharedStore(
                    tracked, hubs.uses(), ConfirmedChunks.remembered(ticker), direct.damaged()))
        .orElse(tracked);
  }

  @Produces
  @Singleton
  Snapshots snapshots(
      HubConfiguration configuration,
      DirectStore direct,
      Catalogue catalogue,
      Tokens tokens,
      ChunkUses uses,
      Clock clock) {
    SnapshotOptions options = configuration.snapshots();
    return new Snapshots(
        new SnapshotSettings(
            options.directory(),
            options.keep(),
            configuration.directories().data().resolve(AccountProducer.KEY_FILE)),
        catalogue,
        tokens,
        direct.store() instanceof PackSnapshot packs ? Optional.of(packs) : Optional.empty(),
        uses,
        clock);
  }

  private static DirectStore open(HubConfiguration configuration, Clock clock, Ticker ticker)
      throws IOException {
    StoreSettings store = configuration.store();
    return switch (store.kind()) {
      case EMBEDDED ->
          new DirectStore(
              EmbeddedStore.open(configuration.directories().store(), clock),
              Optional.empty(),
              id -> false);
      case ZDB -> {
        DamagedChunks damaged = damaged(configuration);
        yield remote(new ZdbChunkStore(zdb(store), damaged), damaged, Known.READ, ticker);
      }
      case REDIS -> {
        DamagedChunks damaged = damaged(configuration);
        yield remote(redis(store), damaged, Known.READ, ticker);
      }
      case S3 -> {
        DamagedChunks damaged = damaged(configuration);
        ConfirmedChunks confirmed = confirmed(configuration, ticker);
        yield remote(S3ChunkStore.open(s3(store.s3()), confirmed), damaged, Known.TRUSTED, ticker);
      }
    };
  }

  private static <S extends ChunkStore & ChunkScan> DirectStore remote(
      S store, DamagedChunks damaged, Known known, Ticker ticker) {
    ChunkStore verified = new VerifiedStore(store, damaged, known);
    return new DirectStore(
        retrying(probed(verified), ticker), Optional.of(store), damaged::contains);
  }

  private static DamagedChunks damaged(HubConfiguration configuration) throws IOException {
    return DamagedChunks.keptIn(configuration.directories().data().resolve("damaged-chunks"));
  }

  /** With other hubs, what is known of the store must not be older than their deletions. */
  private static ConfirmedChunks confirmed(HubConfiguration configuration, Ticker ticker) {
    return configuration.catalogue().isDirectory()
        ? ConfirmedChunks.remembered(ticker)
        : ConfirmedChunks.forgotten();
  }

  /** Fails if the store is misconfigured, but not if it is unreachable, since it may come back. */
  private static ChunkStore probed(ChunkStore store) {
    try {
      store.probe();
    } catch (StoreUnreachableException e) {
      LOG.log(Level.WARNING, "uploads have to wait: {0}", e.getMessage());
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    return store;
  }

  private static RedisChunkStore redis(StoreSettings store) {
    Optional<String> password = store.password().map(Secret::reveal);
    return store.nodes().isEmpty()
        ? RedisChunkStore.open(store.host(), store.port(), store.namespace(), password, TIMEOUT)
        : RedisChunkStore.openCluster(store.nodes(), store.namespace(), password, TIMEOUT);
  }

  private static ZdbSettings zdb(StoreSettings store) {
    ZdbSettings settings =
        ZdbSettings.of(store.host(), store.port(), store.namespace()).withTimeout(TIMEOUT);
    return store
        .password()
        .map(password -> settings.withPassword(password.reveal()))
        .orElse(settings);
  }

  private static S3Settings s3(S3Options options) {
    return new S3Settings(
        options.endpoint(),
        options.region(),
        options.bucket(),
        options.prefix(),
        options.pathStyle(),
        options
            .accessKey()
            .map(
                name ->
                    new S3Settings.Credentials(
                        name.reveal(), options.secretKey().orElseThrow().reveal())),
        S3_CONNECTIONS,
        TIMEOUT);
  }

  /** Retries, so that uploads survive a restart of a remote store. */
  private static ChunkStore retrying(ChunkStore store, Ticker ticker) {
    return new RetryingStore(
        store, MAX_RETRY_TIME, ticker, pause -> Thread.sleep(pause.toMillis()), new Random());
  }

  @Produces
  @Singleton
  KnownChunks memory(HubConfiguration configuration, ShutdownActions closing) {
    Path data = configuration.directories().data();
    return closing.later(KeyMemory.open(data.resolve("known-chunks.sqlite3")));
  }

  @Produces
  @Singleton
  ChunkExchange exchange(ChunkStore store, FairMemory memory, HeapPlan heap, Ticker ticker) {
    return new ChunkExchange(store, memory, ticker, heap.receivedChunks());
  }
}
