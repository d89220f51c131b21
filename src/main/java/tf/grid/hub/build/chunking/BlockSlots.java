package tf.grid.hub.build.chunking;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;

/**
 * The blocks of one file while they are made: 32 bytes a piece, taken when the piece arrives and
 * not when a header promises it. The upload's thread takes slots, workers fill them in any order,
 * and the list may be read once the upload is complete ({@link ChunkUpload#finish} makes the
 * workers' writes visible).
 */
public final class BlockSlots extends AbstractList<Block> {
  /** What a slot takes of the heap. */
  public static final int BYTES_PER_SLOT = 32;

  private static final int LONGS = 4;
  private static final int SEGMENT = 1024;

  private final int size;
  private long[] first;
  private List<long[]> more;
  private BlockSlots zeros;
  private int zerosPlace;

  /**
   * Slots for a file.
   *
   * @param fileSize its size in bytes, at most 2³¹−1 pieces
   */
  public BlockSlots(long fileSize) {
    this.size = Math.toIntExact((fileSize + ChunkCodec.MAX_PLAIN - 1) / ChunkCodec.MAX_PLAIN);
  }

  /** How many pieces the file has. */
  @Override
  public int size() {
    return size;
  }

  /** The id and key of a piece that a worker has filled in. */
  @Override
  public Block get(int piece) {
    long[] segment = piece < SEGMENT ? first : more.get(piece / SEGMENT - 1);
    int at = piece % SEGMENT * LONGS;
    if (zeros != null && isEmpty(segment, at)) {
      return zeros.get(zerosPlace);
    }
    return new Block(
        new ChunkId(segment[at], segment[at + 1]), new ChunkKey(segment[at + 2], segment[at + 3]));
  }

  /** No digest is all zeros, so this is a slot that nobody fills. */
  private static boolean isEmpty(long[] segment, int at) {
    return (segment[at] | segment[at + 1] | segment[at + 2] | segment[at + 3]) == 0;
  }

  /**
   * Leaves a slot empty: its piece is all zeros, as one that is in another slot.
   *
   * @param piece in order
   */
  void zeros(int piece, BlockSlots other, int otherPiece) {
    segment(piece);
    zeros = other;
    zerosPlace = otherPiece;
  }

  /**
   * Fills a slot with a block that is stored already.
   *
   * @param piece in order
   */
  public void put(int piece, Block block) {
    fill(segment(piece), piece, block.id(), block.key());
  }

  /** The segment that has the piece's slot; pieces are asked for in order. */
  long[] segment(int piece) {
    if (piece < SEGMENT) {
      if (first == null) {
        first = new long[Math.min(size, SEGMENT) * LONGS];
      }
      return first;
    }
    if (more == null) {
      more = new ArrayList<>();
    }
    if (piece / SEGMENT > more.size()) {
      more.add(new long[Math.min(size - piece, SEGMENT) * LONGS]);
    }
    return more.get(piece / SEGMENT - 1);
  }

  static void fill(long[] segment, int piece, ChunkId id, ChunkKey key) {
    int at = piece % SEGMENT * LONGS;
    segment[at] = id.high();
    segment[at + 1] = id.low();
    segment[at + 2] = key.high();
    segment[at + 3] = key.low();
  }
}
