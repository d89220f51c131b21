package tf.grid.hub.chunk.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.DecodedChunk;
import tf.grid.hub.chunk.kernel.ChunkKernels;

/**
 * Encodes and decodes many chunks in one call, several at once where the machine can do that. The
 * results are those of {@link ChunkCodec}. Not thread-safe: use one per thread.
 */
public final class BatchCodec {
  private final Supplier<ChunkKernels> source;

  /** A codec that asks for kernels before each call. */
  BatchCodec(Supplier<ChunkKernels> source) {
    this.source = source;
  }

  /** Returns the keys of pieces of plain bytes, in the same order. */
  public List<ChunkKey> keysOf(List<ByteRange> plain) {
    long[] digests = digests(plain);
    List<ChunkKey> keys = new ArrayList<>(plain.size());
    for (int i = 0; i < digests.length; i += 2) {
      keys.add(ChunkKey.ofWords(digests[i], digests[i + 1]));
    }
    return keys;
  }

  /** Returns the ids of stored bytes, in the same order. */
  public List<ChunkId> idsOf(List<ByteRange> stored) {
    long[] digests = digests(stored);
    List<ChunkId> ids = new ArrayList<>(stored.size());
    for (int i = 0; i < digests.length; i += 2) {
      ids.add(ChunkId.ofWords(digests[i], digests[i + 1]));
    }
    return ids;
  }

  /**
   * Compresses and encrypts chunks.
   *
   * @param plain pieces of at most {@link ChunkCodec#MAX_PLAIN} bytes
   * @param keys the results of {@link #keysOf} for the same pieces
   * @param out where the stored bytes go; needs room for the sum of {@link
   *     ChunkCodec#maxStoredLength} from the offset
   * @return the stored bytes of each piece, as ranges of the array
   * @throws IllegalArgumentException if a piece is too long
   * @throws IndexOutOfBoundsException if there may not be enough room
   */
  public List<ByteRange> encode(
      List<ByteRange> plain, List<ChunkKey> keys, byte[] out, int outOffset) {
    int room = 0;
    for (ByteRange piece : plain) {
      ChunkCodec.checkPlainLength(piece.length());
      room = Math.addExact(room, ChunkCodec.maxStoredLength(piece.length()));
    }
    Objects.checkFromIndexSize(outOffset, room, out.length);
    List<ByteRange> stored = new ArrayList<>(plain.size());
    int end = outOffset;
    for (ByteRange piece : plain) {
      int length = SnappyFrame.write(piece, out, end);
      stored.add(new ByteRange(out, end, length));
      end += length;
    }
    source.get().encrypt(stored, keys);
    return stored;
  }

  /**
   * Decrypts, decompresses and verifies chunks.
   *
   * @param stored the stored bytes of each block, which are overwritten
   */
  public List<DecodedChunk> decode(List<Block> blocks, List<byte[]> stored) {
    DecodedChunk[] results = new DecodedChunk[blocks.size()];
    open(blocks, stored, checkIds(blocks, stored, results), results);
    checkKeys(blocks, results);
    return List.of(results);
  }

  /** Returns the indexes of chunks whose bytes have the right id; the others get a result. */
  private List<Integer> checkIds(List<Block> blocks, List<byte[]> stored, DecodedChunk[] results) {
    List<ChunkId> ids = idsOf(stored.stream().map(ByteRange::of).toList());
    List<Integer> genuine = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      ChunkId id = blocks.get(i).id();
      int length = stored.get(i).length;
      if (!SnappyFrame.isPossibleLength(length)) {
        results[i] = DecodedChunk.damaged(ChunkDamagedException.impossibleLength(id, length));
      } else if (!ids.get(i).equals(id)) {
        results[i] = DecodedChunk.damaged(ChunkDamagedException.otherId(id));
      } else {
        genuine.add(i);
      }
    }
    return genuine;
  }

  private void open(
      List<Block> blocks, List<byte[]> stored, List<Integer> genuine, DecodedChunk[] results) {
    List<ByteRange> frames = genuine.stream().map(i -> ByteRange.of(stored.get(i))).toList();
    List<ChunkKey> keys = genuine.stream().map(i -> blocks.get(i).key()).toList();
    source.get().decrypt(frames, keys);
    for (int i = 0; i < frames.size(); i++) {
      results[genuine.get(i)] = read(frames.get(i), blocks.get(genuine.get(i)).id());
    }
  }

  private static DecodedChunk read(ByteRange frame, ChunkId id) {
    try {
      return DecodedChunk.intact(SnappyFrame.read(frame, id));
    } catch (ChunkDamagedException e) {
      return DecodedChunk.damaged(e);
    }
  }

  private void checkKeys(List<Block> blocks, DecodedChunk[] results) {
    List<Integer> read = new ArrayList<>(results.length);
    List<ByteRange> plain = new ArrayList<>(results.length);
    for (int i = 0; i < results.length; i++) {
      byte[] bytes = results[i].bytes();
      if (bytes != null) {
        read.add(i);
        plain.add(ByteRange.of(bytes));
      }
    }
    List<ChunkKey> keys = keysOf(plain);
    for (int i = 0; i < keys.size(); i++) {
      Block block = blocks.get(read.get(i));
      if (!keys.get(i).equals(block.key())) {
        results[read.get(i)] = DecodedChunk.damaged(ChunkDamagedException.otherKey(block.id()));
      }
    }
  }

  private long[] digests(List<ByteRange> messages) {
    long[] digests = new long[2 * messages.size()];
    source.get().hash(messages, digests);
    return digests;
  }
}
