package tf.grid.hub.build.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.build.ArchiveMeter;
import tf.grid.hub.build.BuildContext;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.EntryBudget;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.build.layer.AddedFiles.AddedFile;
import tf.grid.hub.build.tar.TarOptions;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.GnuPrefix;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.progress.ReceivedStream;
import tf.grid.hub.store.ChunkStore;

/**
 * One tree while it is made of layers: these are read in any order, which stores their content, and
 * put together in the right one. An interrupt of the thread cancels. For one thread; closing it
 * without {@link #merged} gives everything back.
 */
public final class LayeredBuild implements AutoCloseable {
  private static final int BATCH = 8192;

  private final ChunkStore store;
  private final EntryBudget.Share memory;
  private final ArchiveMeter meter;
  private final ChunkUpload chunks;
  private final ArchiveWarnings warnings;
  private final BuildContext work;
  private boolean merged;

  LayeredBuild(LayerBuilder parts, Progress progress) {
    this.store = parts.store();
    this.memory = parts.budget().share();
    this.meter = new ArchiveMeter(parts.limits(), parts.ticker());
    this.chunks = parts.pipeline().open(progress);
    this.warnings = new ArchiveWarnings();
    this.work = new BuildContext(parts.limits(), memory, meter, chunks, progress, warnings);
  }

  /** Reports how many bytes will be received in total. */
  public void expect(long bytes) {
    work.progress().expect(bytes);
  }

  /** Reports work that is done elsewhere. */
  public Progress progress() {
    return work.progress();
  }

  /** Told of what is odd and accepted; the tree will have it. */
  public ArchiveWarnings warnings() {
    return warnings;
  }

  /** Counts bytes as they come in, packed as they may be. */
  public InputStream received(InputStream in) {
    return meter.receiving(new ReceivedStream(in, work.progress()));
  }

  /**
   * Takes memory for what has to be kept until the tree is there.
   *
   * @param bytes estimated
   * @throws ArchiveException when all uploads together would go over their budget
   */
  public void reserve(long bytes) throws ArchiveException {
    memory.take(bytes);
  }

  /**
   * Reads a layer to its end.
   *
   * @param tar its plain bytes, all of which are read; not closed
   * @param end what is accepted as its end
   * @throws ArchiveException when it is damaged, hostile, or over a limit
   * @throws IOException when its bytes do not arrive, or the thread is interrupted
   * @throws tf.grid.hub.store.StoreException when chunks cannot be stored
   */
  public Layer read(InputStream tar, Whiteouts whiteouts, TarEnd end)
      throws ArchiveException, IOException {
    TarOptions options = new TarOptions(work.limits().headerBytes(), end, GnuPrefix.USED);
    TarReader reader = new TarReader(meter.unpacking(tar), options, warnings);
    try {
      return new LayerReader(work, whiteouts).read(reader);
    } catch (TarException | ArchiveException e) {
      throw new ArchiveException(reader.located(e.getMessage()), e);
    }
  }

  /** A layer of nothing but files that the hub itself adds; replaces what has their names. */
  public Layer added(List<AddedFile> files) throws ArchiveException, IOException {
    AddedFiles additions = new AddedFiles(work);
    return additions.layer(files);
  }

  /**
   * Takes over a layer from the record that {@link LayerRecord} wrote.
   *
   * @param record read to its end, not closed; should be buffered
   * @return empty when the store has lost some of its content
   * @throws IOException when the record is damaged
   */
  public Optional<Layer> recalled(InputStream record) throws IOException, ArchiveException {
    Layer layer = new LayerRecordReader(work).read(record);
    return isStored(layer) ? Optional.of(layer) : Optional.empty();
  }

  /** Waits until all content that was read is stored; the blocks of the layers are known then. */
  public void finish() throws IOException {
    chunks.finish();
  }

  /**
   * Puts layers together, the lowest first. This ends the work.
   *
   * @throws ArchiveException when they do not fit each other
   */
  public BuiltTree merged(List<Layer> layers) throws ArchiveException, IOException {
    LayerStack stack = new LayerStack(work);
    for (Layer layer : layers) {
      stack.add(layer);
    }
    finish();
    BuiltTree tree = new BuiltTree(stack.root(), null, memory, warnings.texts());
    merged = true;
    return tree;
  }

  /** Ends the work; the memory goes on to the tree if there is one. */
  @Override
  public void close() {
    chunks.close();
    if (!merged) {
      memory.close();
    }
  }

  private boolean isStored(Layer layer) {
    Set<ChunkId> batch = new HashSet<>();
    for (Block block : layer.blocks()) {
      batch.add(block.id());
      if (batch.size() >= BATCH) {
        if (!store.missing(batch).isEmpty()) {
          return false;
        }
        batch.clear();
      }
    }
    return store.missing(batch).isEmpty();
  }
}
