package tf.grid.hub.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.Counts.Counter;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.store.StoredChunk;

/**
 * An archive of 32 MiB becomes a tree, into a store that remembers ids and drops bytes:
 * milliseconds for reading, unpacking, hashing and, when nothing is known yet, encoding.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BuilderBenchmark {
  private static final int TOTAL = 32 << 20;

  /** Bytes of each file. */
  @Param({"600", "20000", "33554432"})
  public int fileSize;

  private final Ids ids = new Ids();
  private byte[] archive;
  private ChunkPipeline pipeline;
  private FlistBuilder builder;

  /** Text-like content that compresses to about half. */
  @Setup
  public void prepare() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(packed, 1 << 16))) {
      Random random = new Random(1);
      for (int i = 0; i < TOTAL / fileSize; i++) {
        byte[] content = content(random);
        TarArchiveEntry entry = new TarArchiveEntry("directory-" + i / 500 + "/file-" + i);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    archive = packed.toByteArray();
    PipelineSize size = new PipelineSize(Runtime.getRuntime().availableProcessors(), 12);
    pipeline = new ChunkPipeline(ids, ids, size, Thread::new);
    builder =
        new FlistBuilder(pipeline, new EntryBudget(1L << 30), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
  }

  private byte[] content(Random random) {
    byte[] content = new byte[fileSize];
    random.nextBytes(content);
    for (int i = 0; i < content.length; i++) {
      content[i] &= 0x0F;
    }
    return content;
  }

  /** Ends the workers. */
  @TearDown
  public void end() {
    pipeline.close();
  }

  /** Nothing is known. */
  @Benchmark
  public Counts fresh() throws ArchiveException, IOException {
    ids.forget();
    return build();
  }

  /** Everything is known. */
  @Benchmark
  public Counts again() throws ArchiveException, IOException {
    return build();
  }

  private Counts build() throws ArchiveException, IOException {
    try (BuiltTree tree = builder.build(this, new ByteArrayInputStream(archive), Progress.NONE)) {
      Counter counter = new Counter();
      tree.directories(listing -> listing.contents().forEach(counter::add));
      return counter.counts();
    }
  }

  /** Knows which chunks it would have. */
  private static final class Ids implements ChunkStore, KnownChunks {
    private final Map<ChunkKey, ChunkId> known = new ConcurrentHashMap<>();
    private final Set<ChunkId> stored = ConcurrentHashMap.newKeySet();

    void forget() {
      known.clear();
      stored.clear();
    }

    @Override
    public Optional<byte[]> get(ChunkId id) {
      return Optional.empty();
    }

    @Override
    public void put(List<StoredChunk> chunks) {
      chunks.forEach(chunk -> stored.add(chunk.id()));
    }

    @Override
    public Set<ChunkId> missing(Collection<ChunkId> wanted) {
      Set<ChunkId> missing = new HashSet<>(wanted);
      missing.removeIf(stored::contains);
      return missing;
    }

    @Override
    public Map<ChunkKey, ChunkId> lookUp(Collection<ChunkKey> keys) {
      Map<ChunkKey, ChunkId> found = new HashMap<>();
      keys.forEach(key -> found.computeIfAbsent(key, known::get));
      return found;
    }

    @Override
    public void remember(Collection<Block> blocks) {
      blocks.forEach(block -> known.put(block.key(), block.id()));
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
