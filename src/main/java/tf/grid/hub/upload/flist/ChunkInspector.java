package tf.grid.hub.upload.flist;

import tf.grid.hub.publish.ChunkCheck;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.upload.flist.ChunkSample.SamplePolicy;

/**
 * Begins the checks of uploaded flists: whether their chunks are there, and whether a sample of
 * them opens. Thread-safe.
 */
public final class ChunkInspector {
  private final ChunkStore store;
  private final ChunkOpener opener;
  private final SamplePolicy policy;
  private final byte[] secret;

  /**
   * Inspects chunks of a store.
   *
   * @param secret what the choice of the sample depends on; nobody else may know it
   */
  public ChunkInspector(ChunkStore store, ChunkOpener opener, SamplePolicy policy, byte[] secret) {
    this.store = store;
    this.opener = opener;
    this.policy = policy;
    this.secret = secret.clone();
  }

  /** The check of one flist. */
  ChunkCheck begin() {
    ChunkSample sample = new ChunkSample(policy, secret);
    return new ChunkCheck(store, blocks -> opener.damaged(sample.of(blocks)));
  }
}
