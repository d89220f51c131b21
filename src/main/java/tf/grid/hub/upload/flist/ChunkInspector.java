package tf.grid.hub.upload.flist;

import tf.grid.hub.publish.ChunkCheck;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.upload.flist.ChunkSample.SamplePolicy;

/**
 * Creates checks for uploaded flists: all chunks must exist, and a sample of them is verified.
 * Thread-safe.
 */
public final class ChunkInspector {
  private final ChunkStore store;
  private final ChunkOpener opener;
  private final SamplePolicy policy;
  private final byte[] secret;

  /**
   * Checks chunks of a store.
   *
   * @param secret determines the sample; must be unknown to uploaders
   */
  public ChunkInspector(ChunkStore store, ChunkOpener opener, SamplePolicy policy, byte[] secret) {
    this.store = store;
    this.opener = opener;
    this.policy = policy;
    this.secret = secret.clone();
  }

  /** Creates the check for one flist. */
  public ChunkCheck begin() {
    ChunkSample sample = new ChunkSample(policy, secret);
    return new ChunkCheck(store, blocks -> opener.damaged(sample.of(blocks)));
  }
}
