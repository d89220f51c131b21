package tf.grid.hub.build.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.MemoryStore;

/**
 * Puts layers together on a store in memory and reads the flist that comes of them. As an extension
 * of a test, it fails each test that leaves memory reserved or files behind.
 */
public final class Layers implements AfterEachCallback, AutoCloseable {
  /** Bytes of the heap for trees. */
  public static final long BUDGET = 64L << 20;

  /** What the layers were stored in. */
  public final MemoryStore store = new MemoryStore();

  /** Has all of its bytes when no tree is open. */
  public final EntryBudget budget = new EntryBudget(BUDGET);

  private final ChunkPipeline pipeline =
      new ChunkPipeline(store, store, new PipelineSize(2, 4), Layers::thread);
  private final Path workDir;

  /** For {@code @RegisterExtension}. */
  public Layers() {
    this(temporaryDirectory());
  }

  /** Nothing is stored yet. */
  public Layers(Path workDir) {
    this.workDir = workDir;
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("layers");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    close();
    assertThat(budget.free()).isEqualTo(BUDGET);
    Files.delete(workDir);
  }

  /** Begins builds with other limits. */
  public LayerBuilder builder(ArchiveLimits limits) {
    return new LayerBuilder(pipeline, store, budget, limits, Ticker.SYSTEM);
  }

  /** Begins a build. */
  public LayeredBuild begin() {
    return builder(ArchiveLimits.DEFAULT).begin("alice", Progress.NONE);
  }

  /** Reads a layer of a plain archive. */
  public static Layer read(LayeredBuild build, byte[] tar) throws ArchiveException, IOException {
    return build.read(new ByteArrayInputStream(tar), Whiteouts.MEANT, TarEnd.PROVEN);
  }

  /** What layers come to, the lowest first; what {@code ls} would show of each path. */
  Result stack(byte[]... tars) throws ArchiveException, IOException {
    return stack(ArchiveLimits.DEFAULT, tars);
  }

  Result stack(ArchiveLimits limits, byte[]... tars) throws ArchiveException, IOException {
    try (LayeredBuild build = builder(limits).begin("alice", Progress.NONE)) {
      List<Layer> layers = new ArrayList<>();
      for (byte[] tar : tars) {
        layers.add(read(build, tar));
      }
      return result(build, layers);
    }
  }

  /** The same by way of records, as when every layer was met before. */
  Result stackRecalled(byte[]... tars) throws ArchiveException, IOException {
    List<byte[]> records = new ArrayList<>();
    for (byte[] tar : tars) {
      records.add(record(tar));
    }
    try (LayeredBuild build = begin()) {
      List<Layer> layers = new ArrayList<>();
      for (byte[] record : records) {
        layers.add(recalled(build, record));
      }
      return result(build, layers);
    }
  }

  byte[] record(byte[] tar) throws ArchiveException, IOException {
    try (LayeredBuild build = begin()) {
      Layer layer = read(build, tar);
      build.finish();
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      LayerRecord.write(layer, record);
      return record.toByteArray();
    }
  }

  static Layer recalled(LayeredBuild build, byte[] record) throws ArchiveException, IOException {
    return build
        .recalled(new BufferedInputStream(new ByteArrayInputStream(record)))
        .orElseThrow(() -> new AssertionError("the store has lost something"));
  }

  /** What layers come to, as they are. */
  public Result result(LayeredBuild build, List<Layer> layers)
      throws ArchiveException, IOException {
    try (BuiltTree tree = build.merged(layers);
        FlistWriter writer = new FlistWriter(workDir)) {
      tree.directories(writer::directory);
      ByteArrayOutputStream flist = new ByteArrayOutputStream();
      writer.writeTo(flist);
      return new Result(nodes(flist.toByteArray()), tree.extendedAttributes());
    }
  }

  private Map<String, Node> nodes(byte[] flist) throws IOException {
    Map<String, Node> nodes = new TreeMap<>();
    try (FlistReader reader =
        FlistReader.open(new ByteArrayInputStream(flist), workDir, FlistLimits.DEFAULT)) {
      reader.walk((path, node) -> nodes.put(path.toString(), node));
    }
    return nodes;
  }

  /** Each path with the text of its file, the target of its link, or "/" for a directory. */
  public Map<String, String> shown(Result result) {
    Map<String, String> shown = new TreeMap<>();
    result.nodes().forEach((path, node) -> shown.put(path, shown(node)));
    return shown;
  }

  private String shown(Node node) {
    if (node instanceof FileNode) {
      return text(node);
    }
    return node instanceof LinkNode link ? "-> " + link.target() : "/";
  }

  String text(Node node) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ((FileNode) node).blocks().forEach(block -> content.writeBytes(piece(block)));
    return content.toString(StandardCharsets.UTF_8);
  }

  private byte[] piece(Block block) {
    try {
      return new ChunkCodec().decode(block, store.chunks.get(block.id()));
    } catch (ChunkDamagedException e) {
      throw new AssertionError(e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    pipeline.close();
  }

  /**
   * What came of it.
   *
   * @param nodes by path without leading slash
   */
  public record Result(Map<String, Node> nodes, Map<FlistPath, ExtendedAttributes> attributes) {
    /** What is at a path. */
    public Node at(String path) {
      return nodes.get(path);
    }
  }
}
