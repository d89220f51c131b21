package tf.grid.hub.chunk.kernel;

import java.util.List;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkKey;

/**
 * The hash and the cipher of chunks, which take nearly all time of a codec. A call processes many
 * messages, so that an implementation may compute several of them at once; all implementations give
 * the same results. Not thread-safe: one instance per thread.
 */
public interface ChunkKernels {

  /**
   * Hashes messages with unkeyed BLAKE2b-128.
   *
   * @param digests receives two little-endian words for each message, in the same order
   */
  void hash(List<ByteRange> messages, long[] digests);

  /**
   * Encrypts blocks with XXTEA, in place.
   *
   * @param blocks must not overlap; lengths are multiples of 4 bytes, at least 8
   * @param keys one for each block
   */
  void encrypt(List<ByteRange> blocks, List<ChunkKey> keys);

  /**
   * Decrypts blocks with XXTEA, in place.
   *
   * @param blocks must not overlap; lengths are multiples of 4 bytes, at least 8
   * @param keys one for each block
   */
  void decrypt(List<ByteRange> blocks, List<ChunkKey> keys);
}
