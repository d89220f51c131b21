package tf.grid.hub.chunk.kernel;

import java.util.List;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkKey;

/** Computes one message after the other. Runs on every JVM. Thread-safe. */
public final class ScalarKernels implements ChunkKernels {

  @Override
  public void hash(List<ByteRange> messages, long[] digests) {
    for (int i = 0; i < messages.size(); i++) {
      hash(messages.get(i), digests, i);
    }
  }

  @Override
  public void encrypt(List<ByteRange> blocks, List<ChunkKey> keys) {
    for (int i = 0; i < blocks.size(); i++) {
      encrypt(blocks.get(i), keys.get(i));
    }
  }

  @Override
  public void decrypt(List<ByteRange> blocks, List<ChunkKey> keys) {
    for (int i = 0; i < blocks.size(); i++) {
      decrypt(blocks.get(i), keys.get(i));
    }
  }

  /**
   * Hashes one of many messages.
   *
   * @param place index of the message, whose digest goes to twice that index
   */
  public void hash(ByteRange message, long[] digests, int place) {
    long[] state =
        Blake2b.state(ChunkKey.LENGTH, message.array(), message.offset(), message.length());
    digests[2 * place] = state[0];
    digests[2 * place + 1] = state[1];
  }

  /** Encrypts one block, in place. */
  public void encrypt(ByteRange block, ChunkKey key) {
    Xxtea.encrypt(block.array(), block.offset(), block.length(), key);
  }

  /** Decrypts one block, in place. */
  public void decrypt(ByteRange block, ChunkKey key) {
    Xxtea.decrypt(block.array(), block.offset(), block.length(), key);
  }
}
