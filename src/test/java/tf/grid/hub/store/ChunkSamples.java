package tf.grid.hub.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import tf.grid.hub.chunk.ChunkId;

/**
 * Chunks for tests: incompressible, the same for the same seed, named by another digest library.
 */
public final class ChunkSamples {

  private ChunkSamples() {}

  /** A chunk of so many bytes that no other seed gives. */
  public static StoredChunk chunk(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return chunk(bytes);
  }

  /** The chunk that holds just these bytes. */
  public static StoredChunk chunk(byte[] bytes) {
    return new StoredChunk(idOf(bytes), ByteBuffer.wrap(bytes));
  }

  /** So many different chunks, small and of different lengths. */
  public static List<StoredChunk> chunks(long firstSeed, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> chunk(firstSeed + i, 8 + (int) ((firstSeed + i) % 601)))
        .toList();
  }

  /** The ids of chunks, in their order. */
  public static List<ChunkId> ids(List<StoredChunk> chunks) {
    return chunks.stream().map(StoredChunk::id).toList();
  }

  /** A copy of the bytes of a chunk. */
  public static byte[] bytes(StoredChunk chunk) {
    byte[] bytes = new byte[chunk.bytes().remaining()];
    chunk.bytes().duplicate().get(bytes);
    return bytes;
  }

  /** The name that the format gives to stored bytes. */
  public static ChunkId idOf(byte[] bytes) {
    Blake2bDigest digest = new Blake2bDigest(8 * ChunkId.LENGTH);
    digest.update(bytes, 0, bytes.length);
    byte[] id = new byte[ChunkId.LENGTH];
    digest.doFinal(id, 0);
    return ChunkId.of(id);
  }
}
