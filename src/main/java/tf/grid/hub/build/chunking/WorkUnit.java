package tf.grid.hub.build.chunking;

import java.util.Arrays;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkCodec;

/**
 * Pieces of files that are hashed, encoded and stored together: many small files or a few pieces of
 * a large one. Belongs to one thread at a time: the upload's while it is filled, then a worker's.
 */
final class WorkUnit {
  /** Full pieces that are encoded at the same time, one in each lane of a vector. */
  private static final int FULL_PIECES = 8;

  static final int CAPACITY = FULL_PIECES * ChunkCodec.MAX_PLAIN;
  static final int MAX_PIECES = 2048;

  private final byte[] plain = new byte[CAPACITY];
  private final int[] offsets = new int[MAX_PIECES + 1];
  private final int[] places = new int[MAX_PIECES];
  private final long[][] segments = new long[MAX_PIECES][];
  private int pieces;
  private ChunkUpload upload;

  /** The next piece must be no longer than {@link ChunkCodec#MAX_PLAIN}. */
  boolean hasRoomFor(int length) {
    return pieces < MAX_PIECES && length <= CAPACITY - offsets[pieces];
  }

  byte[] plain() {
    return plain;
  }

  /** Where the next piece's bytes go. */
  int end() {
    return offsets[pieces];
  }

  /** Takes in the piece whose bytes are now behind the end. */
  void add(int length, BlockSlots slots, int place) {
    segments[pieces] = slots.segment(place);
    places[pieces] = place;
    offsets[pieces + 1] = offsets[pieces] + length;
    pieces++;
  }

  int pieces() {
    return pieces;
  }

  /** The bytes of a piece. */
  ByteRange piece(int piece) {
    return new ByteRange(plain, offsets[piece], offsets[piece + 1] - offsets[piece]);
  }

  long[] segment(int piece) {
    return segments[piece];
  }

  int place(int piece) {
    return places[piece];
  }

  ChunkUpload upload() {
    return upload;
  }

  void belongTo(ChunkUpload owner) {
    upload = owner;
  }

  /** Lets go of all it refers to. */
  void clear() {
    Arrays.fill(segments, 0, pieces, null);
    pieces = 0;
    upload = null;
  }
}
