package tf.grid.hub.space;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.catalogue.change.Dependents;
import tf.grid.hub.catalogue.change.FlistChanges;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.PostgresqlCatalogue;
import tf.grid.hub.catalogue.postgresql.background.GroupSettings;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;
import tf.grid.hub.catalogue.shared.HubGroup;
import tf.grid.hub.catalogue.shared.HubGroup.Work;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.InFlight;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkSweep.Rewriting;
import tf.grid.hub.store.embedded.KeyMemory;
import tf.grid.hub.store.lease.ChunkUses;
import tf.grid.hub.store.lease.ConfirmedChunks;
import tf.grid.hub.store.lease.SharedStore;
import tf.grid.hub.store.lease.TrackedStore;
import tf.grid.hub.store.remote.ScannedStore;
import tf.grid.hub.upload.merge.FlistMerger;
import tf.grid.hub.upload.merge.MergeSources;

/**
 * The parts of one of several hubs that store, publish and collect. What it knows of its own uses
 * does not count, so that only the protocol of the hubs keeps chunks.
 */
final class SharedHub implements Closeable {
  final PostgresqlCatalogue catalogue;
  final HubGroup group;
  final ChunkStore store;
  final FlistChanges changes;
  final FlistPublisher publisher;
  final FlistMerger merger;
  private final Path work;
  private final Collector collector;
  private final Database database;
  private final ChunkUses uses;
  private final KeyMemory known;
  private final ChunkPipeline pipeline;
  private final FlistBuilder builder;

  /** Wraps the store as everything but collections sees it. */
  @FunctionalInterface
  interface Around {
    /** Adds nothing. */
    Around NOTHING = (database, store) -> store;

    ChunkStore of(Database database, ChunkStore store);
  }

  /**
   * Opens a hub.
   *
   * @param chunks the store of all hubs
   * @param around wraps the store as everything but collections sees it
   */
  SharedHub(
      Path directory,
      DatabaseSettings database,
      SharedChunks chunks,
      GroupSettings times,
      Ticker ticker,
      Around around)
      throws IOException {
    work = Files.createDirectories(directory.resolve("work"));
    Clock past = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
    uses = ChunkUses.open(directory.resolve("chunk-uses"), Duration.ofSeconds(-10), past);
    this.database = Database.open(database);
    catalogue =
        PostgresqlCatalogue.open(
            this.database,
            directory.resolve("cache"),
            1 << 20,
            Optional.empty(),
            CatalogueListener.NONE);
    group = catalogue.group(times, ticker);
    store =
        around.of(
            this.database,
            new SharedStore(
                new TrackedStore(chunks, uses),
                group.uses(),
                ConfirmedChunks.remembered(Ticker.SYSTEM),
                id -> false));
    known = KeyMemory.open(directory.resolve("known.sqlite3"));
    DownloadCounts counts =
        DownloadCounts.open(directory.resolve("downloads"), directory.resolve("users"), past);
    Listings listings = new Listings(catalogue, Set.of(), Clock.systemUTC());
    changes = new FlistChanges(catalogue, new Dependents(catalogue, listings), counts);
    PublishSettings settings = new PublishSettings(work, "{}", 1 << 20, true);
    publisher = new FlistPublisher(catalogue, store, settings);
    merger =
        new FlistMerger(
            new MergeSources(catalogue),
            publisher,
            settings,
            new UploadLimit<>(20, 20, QueueLimits.of(0), InFlight.UNTRACKED, Ticker.SYSTEM));
    pipeline = new ChunkPipeline(store, known, new PipelineSize(2, 16), SharedHub::thread);
    builder =
        new FlistBuilder(pipeline, new EntryBudget(1 << 26), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
    collector =
        new Collector(
            catalogue,
            new ScannedStore(chunks, chunks, work),
            known,
            uses,
            work,
            directory.resolve("unused.ids"),
            past,
            Optional.of(group));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Publishes an archive with a file for each content. */
  void upload(RepositoryName owner, String name, List<String> contents)
      throws IOException, ArchiveException {
    try (BuiltTree tree = build(contents)) {
      publish(owner, name, tree);
    }
  }

  /** Stores the chunks of an archive. */
  BuiltTree build(List<String> contents) throws IOException, ArchiveException {
    TarBytes archive = new TarBytes();
    for (int i = 0; i < contents.size(); i++) {
      archive.file("f" + i, contents.get(i));
    }
    return builder.build("alice", new ByteArrayInputStream(archive.gzip()), Progress.NONE);
  }

  void publish(RepositoryName owner, String name, BuiltTree tree)
      throws IOException, ArchiveException {
    publisher.publish(owner, FlistName.parse(name), tree, Map.of());
  }

  /** The chunks of all flists of a repository that are not deleted while they are read. */
  Set<ChunkId> chunksOf(RepositoryName owner) throws IOException {
    Set<ChunkId> ids = new HashSet<>();
    for (FlistFile flist : catalogue.flists(owner).values()) {
      addAll(flist, ids);
    }
    return ids;
  }

  private void addAll(FlistFile flist, Set<ChunkId> ids) throws IOException {
    try (InputStream in = Channels.newInputStream(flist.open());
        FlistReader reader = FlistReader.open(in, work, FlistLimits.DEFAULT)) {
      reader.walk(
          (path, node) -> {
            if (node instanceof FileNode content) {
              content.blocks().forEach(block -> ids.add(block.id()));
            }
          });
    } catch (NoSuchFileException deleted) {
      // It needs its chunks no more.
      return;
    }
  }

  CollectionReport collect() throws IOException {
    try (Turn turn = group.begin(Work.COLLECTION, Duration.ZERO)) {
      return collect(turn);
    }
  }

  CollectionReport collect(Turn turn) {
    return collector.collect(turn, new NoRewriting(), step -> {});
  }

  CollectionReport dryRun() throws IOException {
    try (Turn turn = group.begin(Work.COLLECTION, Duration.ZERO)) {
      return collector.dryRun(turn, step -> {});
    }
  }

  @Override
  public void close() throws IOException {
    pipeline.close();
    catalogue.close();
    database.close();
    known.close();
    uses.close();
  }

  private static final class NoRewriting implements Rewriting {
    @Override
    public double deadShare() {
      return 1;
    }

    @Override
    public void copying(long bytes) {
      throw new AssertionError("this store rewrites nothing");
    }
  }
}
