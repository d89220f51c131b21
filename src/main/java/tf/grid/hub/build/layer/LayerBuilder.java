package tf.grid.hub.build.layer;

import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;

/**
 * Starts builds of layered trees. The limits apply to all layers of one tree together. Thread-safe.
 *
 * @param pipeline stores the content of all uploads
 * @param store the store of the pipeline
 * @param budget memory for the trees of all uploads
 * @param limits limits for each tree
 * @param ticker measures the duration of builds
 */
public record LayerBuilder(
    ChunkPipeline pipeline,
    ChunkStore store,
    EntryBudget budget,
    ArchiveLimits limits,
    Ticker ticker) {

  /**
   * Starts a build and the measurement of its time.
   *
   * @param owner identifies the account whose memory is used
   */
  public LayeredBuild begin(Object owner, Progress progress) {
    return new LayeredBuild(this, owner, progress);
  }
}
