package tf.grid.hub.build.layer;

import tf.grid.hub.build.ArchiveLimits;
import tf.grid.hub.build.EntryBudget;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;

/**
 * Begins trees of several archives. Limits hold for all archives of one tree together. Thread-safe.
 *
 * @param pipeline stores the pieces of all uploads
 * @param store the one that the pipeline puts chunks into
 * @param budget memory for the trees of all uploads
 * @param limits for each tree
 * @param ticker measures how long it takes
 */
public record LayerBuilder(
    ChunkPipeline pipeline,
    ChunkStore store,
    EntryBudget budget,
    ArchiveLimits limits,
    Ticker ticker) {

  /** Begins one; its time runs from now. */
  public LayeredBuild begin(Progress progress) {
    return new LayeredBuild(this, progress);
  }
}
