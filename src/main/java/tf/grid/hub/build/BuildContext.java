package tf.grid.hub.build;

import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.ArchiveMeter;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.progress.Progress;

/**
 * The limits and services for building the tree of one archive, or of all layers of one image. Not
 * thread-safe.
 *
 * @param limits limits of the archive
 * @param memory its share of the memory for trees
 * @param meter measures the archive
 * @param chunks stores the content of files
 * @param progress receives the progress
 * @param warnings receives what is unusual but accepted
 */
public record BuildContext(
    ArchiveLimits limits,
    EntryBudget.Share memory,
    ArchiveMeter meter,
    ChunkUpload chunks,
    Progress progress,
    ArchiveWarnings warnings) {

  /** Heap bytes of a node without its name and blocks: measured and rounded up. */
  public static final int BYTES_PER_NODE = 256;

  /**
   * Counts a file whose content is stored already.
   *
   * @param size in bytes
   */
  public void takeOver(long size) throws ArchiveException {
    try {
      meter.known(size);
    } catch (TarException e) {
      throw new ArchiveException(e.getMessage(), e);
    }
  }

  /** Counts an entry and reserves its memory. */
  public void account(int nameBytes) throws ArchiveException {
    meter.entry();
    memory.take(BYTES_PER_NODE + nameBytes);
  }
}
