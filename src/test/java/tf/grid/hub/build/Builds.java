package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tf.grid.hub.Await;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.Counts.Counter;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.MemoryStore;

/** A builder on a store in memory, and what tests ask of its trees. */
final class Builds implements AutoCloseable {
  static final int UNITS = 4;
  static final long BUDGET = 64L << 20;

  final MemoryStore store = new MemoryStore();
  final ChunkPipeline pipeline =
      new ChunkPipeline(store, store, new PipelineSize(2, UNITS), Builds::thread);
  final EntryBudget budget = new EntryBudget(BUDGET);

  BuiltTree build(byte[] archive) throws ArchiveException, IOException {
    return build(archive, ArchiveLimits.DEFAULT);
  }

  BuiltTree build(byte[] archive, ArchiveLimits limits) throws ArchiveException, IOException {
    return build(new ByteArrayInputStream(archive), limits, Progress.NONE);
  }

  BuiltTree build(InputStream archive, ArchiveLimits limits, Progress progress)
      throws ArchiveException, IOException {
    return builder(limits, Ticker.SYSTEM).build("alice", archive, progress);
  }

  FlistBuilder builder(ArchiveLimits limits, Ticker ticker) {
    return new FlistBuilder(pipeline, budget, limits, ticker);
  }

  /** Every entry by its path, directories included, the root not. */
  static Map<String, Node> nodes(BuiltTree tree) {
    Map<String, Node> nodes = new TreeMap<>();
    collect("", tree.root(), nodes);
    return nodes;
  }

  private static void collect(String path, TreeDirectory directory, Map<String, Node> nodes) {
    directory.contents().forEach(node -> nodes.put(path + "/" + node.name(), node));
    for (TreeDirectory child : directory.directories()) {
      collect(path + "/" + child.self().name(), child, nodes);
    }
  }

  /** Counts all entries but the root. */
  static Counts counts(BuiltTree tree) throws IOException {
    Counter counter = new Counter();
    tree.directories(listing -> listing.contents().forEach(counter::add));
    return counter.counts();
  }

  /** Fails unless the store has every chunk of a tree. */
  static void assertStored(BuiltTree tree, MemoryStore store) throws IOException {
    tree.directories(
        listing ->
            assertThat(store.chunks.keySet())
                .containsAll(
                    listing.contents().stream()
                        .filter(FileNode.class::isInstance)
                        .flatMap(file -> ((FileNode) file).blocks().stream())
                        .map(Block::id)
                        .toList()));
  }

  /** What the stored chunks of a file say when they are put together. */
  byte[] content(Node file) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ((FileNode) file).blocks().forEach(block -> content.writeBytes(piece(block)));
    return content.toByteArray();
  }

  byte[] piece(Block block) {
    try {
      return new ChunkCodec().decode(block, store.chunks.get(block.id()));
    } catch (ChunkDamagedException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> paths(BuiltTree tree) {
    return new ArrayList<>(nodes(tree).keySet());
  }

  /** Workers may still be busy with what an upload that failed had handed to them. */
  void awaitAllUnitsFree() {
    Await.value("all units are free", pipeline::freeUnits, free -> free == UNITS);
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
}
