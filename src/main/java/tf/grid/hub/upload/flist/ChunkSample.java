package tf.grid.hub.upload.flist;

import java.nio.ByteBuffer;
import java.util.List;
import tf.grid.hub.chunk.Blake2b;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;

/**
 * Chooses the chunks of one flist that are opened. Which ones depends on a secret, so that an
 * uploader cannot arrange what is looked at; the same flist gets the same choice again as long as
 * the secret is the same, so that trying often does not help. Not thread-safe.
 */
public final class ChunkSample {
  private static final int HUNDRED = 100;

  private final SamplePolicy policy;
  private final byte[] secret;
  private long seen;

  ChunkSample(SamplePolicy policy, byte[] secret) {
    this.policy = policy;
    this.secret = secret;
  }

  /** Those of the next blocks of the flist that are to be opened. */
  List<Block> of(List<Block> blocks) {
    return policy.percent() == HUNDRED ? blocks : blocks.stream().filter(this::isChosen).toList();
  }

  private boolean isChosen(Block block) {
    return seen++ < policy.always() || lot(block) < policy.percent();
  }

  /** From 0 to 99, the same for the same block. */
  private int lot(Block block) {
    ByteBuffer text = ByteBuffer.allocate(secret.length + ChunkId.LENGTH + ChunkKey.LENGTH);
    text.put(secret).put(block.id().bytes()).put(block.key().bytes());
    byte[] hash = Blake2b.digest(Integer.BYTES, text.array(), 0, text.capacity());
    long number = Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt());
    return (int) (number % HUNDRED);
  }

  /**
   * How many chunks of an uploaded flist are opened; that all are there is asked in any case.
   *
   * @param always so many of each flist are, whatever its size
   * @param percent of those beyond, 0 to 100
   */
  public record SamplePolicy(long always, int percent) {

    /** Refuses what is no share. */
    public SamplePolicy {
      if (always < 0 || percent < 0 || percent > 100) {
        throw new IllegalArgumentException("not a sample: " + always + ", " + percent + " %");
      }
    }
  }
}
