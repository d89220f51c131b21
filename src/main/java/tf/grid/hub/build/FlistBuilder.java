package tf.grid.hub.build;

import java.io.IOException;
import java.io.InputStream;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.ArchiveMeter;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarOptions;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.GnuPrefix;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.compression.CompressionException;
import tf.grid.hub.compression.DecompressedStream;
import tf.grid.hub.compression.DecompressorMemory;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.progress.ReceivedStream;

/**
 * Builds the tree of a flist and stores the chunks of its files in one pass over an archive.
 * Nothing is unpacked to disk. The budget limits the memory for trees; the pipeline has its own.
 * Thread-safe; {@link #build} runs in the caller's thread.
 */
public final class FlistBuilder {
  private final ChunkPipeline pipeline;
  private final EntryBudget budget;
  private final ArchiveLimits limits;
  private final Ticker ticker;

  /**
   * A builder.
   *
   * @param pipeline stores the content of all uploads
   * @param budget memory for the trees of all uploads
   * @param limits for each archive
   * @param ticker measures the duration of an upload
   */
  public FlistBuilder(
      ChunkPipeline pipeline, EntryBudget budget, ArchiveLimits limits, Ticker ticker) {
    this.pipeline = pipeline;
    this.budget = budget;
    this.limits = limits;
    this.ticker = ticker;
  }

  /**
   * Reads an archive to its end. When this returns, all chunks of the tree are stored. If it
   * throws, some chunks may be stored, but nothing refers to them. Interrupting the thread cancels
   * the build.
   *
   * @param owner identifies the account whose memory is used
   * @param archive tar, plain or compressed; read in large steps, not closed
   * @param progress receives numbers of bytes, files and chunks
   * @throws ArchiveException if the archive is damaged, unsafe or exceeds a limit
   * @throws IOException if the archive cannot be received, or the thread is interrupted
   * @throws tf.grid.hub.store.StoreException if chunks cannot be stored
   */
  public BuiltTree build(Object owner, InputStream archive, Progress progress)
      throws ArchiveException, IOException {
    EntryBudget.Share memory = budget.share(owner);
    boolean built = false;
    try (ChunkUpload chunks = pipeline.open(progress)) {
      ArchiveMeter meter = new ArchiveMeter(limits, ticker);
      InputStream received = new ReceivedStream(archive, progress);
      ArchiveWarnings warnings = new ArchiveWarnings();
      TreeBuilder tree =
          new TreeBuilder(new BuildContext(limits, memory, meter, chunks, progress, warnings));
      read(meter.receiving(received), memory.decompressors(), meter, tree, warnings);
      chunks.finish();
      BuiltTree result =
          new BuiltTree(tree.root(), tree.readme().orElse(null), memory, warnings.texts());
      built = true;
      return result;
    } catch (TarException | CompressionException e) {
      throw new ArchiveException(e.getMessage(), e);
    } catch (IOException e) {
      memory.check(); // an interrupt may have ended the wait for more of the archive
      throw e;
    } finally {
      if (!built) {
        memory.close();
      }
    }
  }

  private void read(
      InputStream archive,
      DecompressorMemory memory,
      ArchiveMeter meter,
      TreeBuilder tree,
      ArchiveWarnings warnings)
      throws ArchiveException, IOException {
    try (DecompressedStream plain = DecompressedStream.open(archive, memory)) {
      if (plain.isEmpty()) {
        throw new ArchiveException("the archive is empty: not a single byte arrived");
      }
      TarOptions options =
          new TarOptions(limits.headerBytes(), TarEnd.of(plain.format()), GnuPrefix.IGNORED);
      TarReader tar = new TarReader(meter.unpacking(plain), options, warnings);
      try {
        addAll(tar, tree);
      } catch (TarException | CompressionException | ArchiveException e) {
        throw new ArchiveException(tar.located(e.getMessage()), e);
      }
      if (tar.isEmpty()) {
        throw new ArchiveException("the archive is empty: even its end mark is missing");
      }
    }
  }

  private static void addAll(TarReader tar, TreeBuilder tree) throws ArchiveException, IOException {
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      tree.add(entry, tar);
    }
  }
}
