package tf.grid.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkSweep;
import tf.grid.hub.store.ChunkSweep.Rewriting;
import tf.grid.hub.store.embedded.EmbeddedStore;
import tf.grid.hub.store.embedded.KeyMemory;
import tf.grid.hub.store.lease.ChunkUses;
import tf.grid.hub.store.lease.TrackedStore;

/** The parts of a hub that store, publish and collect, in a directory and without a server. */
final class SpaceBench implements Closeable {
  static final RepositoryName ALICE = new RepositoryName("alice");
  static final RepositoryName BOB = new RepositoryName("bob");

  final Path directory;
  final ChunkStore direct;
  final ChunkSweep sweep;
  final ChunkUses uses;
  final ChunkStore store;
  final DirectoryCatalogue catalogue;
  final FlistChanges changes;
  final FlistPublisher publisher;
  final UploadLimit<RepositoryName> places;
  final Collector collector;
  final PublishSettings settings;
  private final KeyMemory known;
  private final ChunkPipeline pipeline;
  private final Md5Cache md5s;
  private final FlistBuilder builder;

  SpaceBench(Path directory, Duration grace, Clock clock) throws IOException {
    this(directory, grace, clock, EmbeddedStore.open(directory.resolve("store"), clock));
  }

  private SpaceBench(Path directory, Duration grace, Clock clock, EmbeddedStore store)
      throws IOException {
    this(directory, grace, clock, store, store);
  }

  /** The same with another store, which it closes. */
  SpaceBench(Path directory, Duration grace, Clock clock, ChunkStore direct, ChunkSweep sweep)
      throws IOException {
    this.directory = directory;
    this.direct = direct;
    this.sweep = sweep;
    Path work = Files.createDirectories(directory.resolve("work"));
    uses = ChunkUses.open(directory.resolve("chunk-uses"), grace, clock);
    store = new TrackedStore(direct, uses);
    known = KeyMemory.open(directory.resolve("known.sqlite3"));
    md5s = Md5Cache.rememberedIn(directory.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(directory.resolve("users"), md5s);
    Listings listings = new Listings(catalogue, Set.of(), Clock.systemUTC());
    DownloadCounts counts =
        DownloadCounts.open(directory.resolve("downloads"), catalogue.users().root(), clock);
    changes = new FlistChanges(catalogue, new Dependents(catalogue, listings), counts);
    settings = new PublishSettings(work, "{}", 1 << 20);
    publisher = new FlistPublisher(catalogue, store, settings);
    places = new UploadLimit<>(20, 20, QueueLimits.of(0), uses, Ticker.SYSTEM);
    pipeline = new ChunkPipeline(store, known, new PipelineSize(2, 16), SpaceBench::thread);
    builder =
        new FlistBuilder(pipeline, new EntryBudget(1 << 26), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
    collector =
        new Collector(
            catalogue,
            sweep,
            known,
            uses,
            work,
            directory.resolve("unused.ids"),
            clock,
            Optional.empty());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Publishes an archive with a file for each content, as an upload does. */
  NewFlist upload(RepositoryName owner, String name, List<String> contents)
      throws IOException, ArchiveException {
    TarBytes archive = new TarBytes();
    for (int i = 0; i < contents.size(); i++) {
      archive.file("f" + i, contents.get(i));
    }
    byte[] bytes = archive.gzip();
    return places.<NewFlist, ArchiveException>within(
        owner,
        () -> {
          try (BuiltTree tree =
              builder.build("alice", new ByteArrayInputStream(bytes), Progress.NONE)) {
            return publisher.publish(owner, FlistName.parse(name), tree, Map.of());
          }
        });
  }

  Path file(RepositoryName owner, String name) {
    return directory.resolve("users").resolve(owner.value()).resolve(name + ".flist");
  }

  /** The chunks of a flist. */
  Set<ChunkId> chunksOf(Path file) {
    Set<ChunkId> ids = new HashSet<>();
    try (FlistReader flist =
        FlistReader.open(file, directory.resolve("work"), FlistLimits.DEFAULT)) {
      flist.walk(
          (path, node) -> {
            if (node instanceof FileNode content) {
              content.blocks().forEach(block -> ids.add(block.id()));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ids;
  }

  /** All stored chunks. */
  List<Entry> stored() {
    List<Entry> all = new ArrayList<>();
    Optional<ChunkId> last = Optional.empty();
    for (List<Entry> page = sweep.page(last, 1_000);
        !page.isEmpty();
        page = sweep.page(last, 1_000)) {
      all.addAll(page);
      last = Optional.of(page.get(page.size() - 1).id());
    }
    return all;
  }

  /** Fails unless all content of all flists can be read. */
  void assertComplete() throws IOException {
    assertThat(collector.dryRun(Turn.ALONE, step -> {}).missing()).isZero();
    try (Stream<Path> files = Files.walk(directory.resolve("users"))) {
      List<Path> flists = files.filter(Files::isRegularFile).toList();
      assertThat(flists).allMatch(file -> file.toString().endsWith(".flist"));
      for (Path file : flists) {
        assertComplete(file);
      }
    }
  }

  private void assertComplete(Path file) throws IOException {
    ChunkCodec codec = new ChunkCodec();
    try (FlistReader flist =
        FlistReader.open(file, directory.resolve("work"), FlistLimits.DEFAULT)) {
      flist.walk(
          (path, node) -> {
            if (node instanceof FileNode content) {
              long size = 0;
              for (Block block : content.blocks()) {
                size += plain(codec, block).length;
              }
              assertThat(size).as(file + " " + path).isEqualTo(content.size());
            }
          });
    }
  }

  private byte[] plain(ChunkCodec codec, Block block) {
    try {
      return codec.decode(block, direct.get(block.id()).orElseThrow());
    } catch (ChunkDamagedException e) {
      throw new AssertionError(block.id().toString(), e);
    }
  }

  CollectionReport collect() {
    return collector.collect(Turn.ALONE, new AtFullSpeed(), step -> {});
  }

  @Override
  public void close() throws IOException {
    pipeline.close();
    md5s.close();
    known.close();
    uses.close();
    direct.close();
  }

  /** Rewrites without a limit. */
  private static final class AtFullSpeed implements Rewriting {
    @Override
    public double deadShare() {
      return 0.2;
    }

    @Override
    public void copying(long bytes) {
      // without a limit
    }
  }
}
