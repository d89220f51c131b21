package tf.grid.hub.build.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.build.BuildContext;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.build.layer.AddedFiles.AddedFile;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveMeter;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarOptions;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.GnuPrefix;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.compression.CompressionException;
import tf.grid.hub.compression.DecompressedStream;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.progress.ReceivedStream;
import tf.grid.hub.store.ChunkStore;

/**
 * Builds one tree from layers. Layers can be read in any order, which stores their content; {@link
 * #merged} applies them in the right order. Interrupting the thread cancels the build. Not
 * thread-safe; closing it without {@link #merged} releases all memory.
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

  LayeredBuild(LayerBuilder parts, Object owner, Progress progress) {
    this.store = parts.store();
    this.memory = parts.budget().share(owner);
    this.meter = new ArchiveMeter(parts.limits(), parts.ticker());
    this.chunks = parts.pipeline().open(progress);
    this.warnings = new ArchiveWarnings();
    this.work = new BuildContext(parts.limits(), memory, meter, chunks, progress, warnings);
  }

  /** Reports how many bytes will be received in total. */
  public void expect(long bytes) {
    work.progress().expect(bytes);
  }

  /** Receives the progress of work that is done elsewhere. */
  public Progress progress() {
    return work.progress();
  }

  /** Receives warnings, which become those of the tree. */
  public ArchiveWarnings warnings() {
    return warnings;
  }

  /** Counts received bytes, which may be compressed. */
  public InputStream received(InputStream in) {
    return meter.receiving(new ReceivedStream(in, work.progress()));
  }

  /**
   * Decompresses with the memory of the account.
   *
   * @param packed not closed
   */
  public DecompressedStream decompressed(InputStream packed) throws IOException {
    return DecompressedStream.open(packed, memory.decompressors());
  }

  /**
   * Fails if the memory of the build was taken away for another account, which ends waits of the
   * build.
   *
   * @throws tf.grid.hub.limit.TryAgainLaterException if it was
   */
  public void check() {
    memory.check();
  }

  /**
   * Reserves memory for data that is needed until the tree is complete.
   *
   * @param bytes estimated bytes
   * @throws ArchiveException if all uploads together would exceed the budget
   */
  public void reserve(long bytes) throws ArchiveException {
    memory.take(bytes);
  }

  /**
   * Reads a layer to its end.
   *
   * @param tar the uncompressed tar, read to its end; not closed
   * @param end how the end of the layer is recognized
   * @throws ArchiveException if the layer is damaged, unsafe or exceeds a limit
   * @throws IOException if the layer cannot be received, or the thread is interrupted
   * @throws tf.grid.hub.store.StoreException if chunks cannot be stored
   */
  public Layer read(InputStream tar, Whiteouts whiteouts, TarEnd end)
      throws ArchiveException, IOException {
    TarOptions options = new TarOptions(work.limits().headerBytes(), end, GnuPrefix.USED);
    TarReader reader = new TarReader(meter.unpacking(tar), options, warnings);
    try {
      return new LayerReader(work, whiteouts).read(reader);
    } catch (TarException | CompressionException | ArchiveException e) {
      throw new ArchiveException(reader.located(e.getMessage()), e);
    }
  }

  /** Creates a layer of files that the hub adds; they replace entries with the same path. */
  public Layer added(List<AddedFile> files) throws ArchiveException, IOException {
    AddedFiles additions = new AddedFiles(work);
    return additions.layer(files);
  }

  /**
   * Reads a layer from a record that {@link LayerRecord} wrote.
   *
   * @param record read to its end, not closed; should be buffered
   * @return empty if the store has lost some of its content
   * @throws IOException if the record is damaged
   */
  public Optional<Layer> recalled(InputStream record) throws IOException, ArchiveException {
    Layer layer = new LayerRecordReader(work).read(record);
    return isStored(layer) ? Optional.of(layer) : Optional.empty();
  }

  /** Waits until all content is stored; then the blocks of the layers are complete. */
  public void finish() throws IOException {
    chunks.finish();
  }

  /**
   * Applies the layers, lowest first, and ends the build.
   *
   * @throws ArchiveException if the layers are inconsistent
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

  /** Ends the build; releases the memory unless a tree owns it. */
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
