package tf.grid.hub.build;

import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.progress.Progress;

/**
 * What one archive, or all layers of one image, may use while it becomes a tree. Not thread-safe.
 *
 * @param limits what it may ask of the hub
 * @param memory its share of the heap that trees may take
 * @param meter counts what it has cost
 * @param chunks takes the content of its files
 * @param progress told of files
 * @param warnings told of what is odd and accepted
 */
public record BuildContext(
    ArchiveLimits limits,
    EntryBudget.Share memory,
    ArchiveMeter meter,
    ChunkUpload chunks,
    Progress progress,
    ArchiveWarnings warnings) {

  /** What a node takes of the heap besides its name and blocks: measured, rounded up. */
  public static final int BYTES_PER_NODE = 256;

  /**
   * Counts a file whose content is stored already.
   *
   * @param size bytes
   */
  public void takeOver(long size) throws ArchiveException {
    try {
      meter.known(size);
    } catch (TarException e) {
      throw new ArchiveException(e.getMessage(), e);
    }
  }

  /** Counts an entry and takes the memory for it. */
  public void account(int nameBytes) throws ArchiveException {
    meter.entry();
    memory.take(BYTES_PER_NODE + nameBytes);
  }
}
