package tf.grid.hub.upload.flist;

import java.nio.ByteBuffer;
import java.util.List;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.kernel.Blake2b;

/**
 * Selects the chunks of one flist that are verified. The selection depends on a secret, so that an
 * uploader cannot predict it. The same flist gets the same selection while the secret is the same,
 * so that repeated attempts do not help. Not thread-safe.
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

  /** Selects from the next blocks of the flist. */
  List<Block> of(List<Block> blocks) {
    return policy.percent() == HUNDRED ? blocks : blocks.stream().filter(this::isChosen).toList();
  }

  private boolean isChosen(Block block) {
    return seen++ < policy.always() || lot(block) < policy.percent();
  }

  /** A number from 0 to 99, the same for equal blocks. */
  private int lot(Block block) {
    ByteBuffer text = ByteBuffer.allocate(secret.length + ChunkId.LENGTH + ChunkKey.LENGTH);
    text.put(secret).put(block.id().bytes()).put(block.key().bytes());
    byte[] hash = Blake2b.digest(Integer.BYTES, text.array(), 0, text.capacity());
    long number = Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt());
    return (int) (number % HUNDRED);
  }

  /**
   * How many chunks of an uploaded flist are verified. The existence of all chunks is always
   * checked.
   *
   * @param always number of chunks that are always verified
   * @param percent percentage of the remaining chunks, 0 to 100
   */
  public record SamplePolicy(long always, int percent) {

    /** Checks the range of the percentage. */
    public SamplePolicy {
      if (always < 0 || percent < 0 || percent > 100) {
        throw new IllegalArgumentException("not a sample: " + always + ", " + percent + " %");
      }
    }
  }
}
