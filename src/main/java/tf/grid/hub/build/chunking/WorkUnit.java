package tf.grid.hub.build.chunking;

import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.codec.ChunkCodec;

/**
 * Pieces of files that are hashed, encoded and stored together: many small files or a few pieces of
 * a large one. It begins with one buffer and gets more as it is filled. Belongs to one thread at a
 * time: the upload's while it is filled, then a worker's.
 */
final class WorkUnit {
  /** Full pieces that are encoded at the same time, one in each lane of a vector. */
  static final int MOST_BUFFERS = 8;

  static final int CAPACITY = MOST_BUFFERS * ChunkCodec.MAX_PLAIN;
  static final int MAX_PIECES = 2048;

  private final ChunkUpload upload;
  private final List<byte[]> buffers = new ArrayList<>(MOST_BUFFERS);
  private final List<ByteRange> pieces = new ArrayList<>();
  private final List<long[]> segments = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private byte[] last;

  /** Bytes of the last buffer that are used. */
  private int end;

  WorkUnit(ChunkUpload upload, byte[] buffer) {
    this.upload = upload;
    extend(buffer);
  }

  /** Whether a piece of at most {@link ChunkCodec#MAX_PLAIN} bytes fits in the last buffer. */
  boolean hasRoomFor(int length) {
    return pieces.size() < MAX_PIECES && length <= last.length - end;
  }

  /** Whether another buffer may follow. */
  boolean isExtensible() {
    return pieces.size() < MAX_PIECES && buffers.size() < MOST_BUFFERS;
  }

  /** Adds a buffer, into which the next pieces go. */
  void extend(byte[] buffer) {
    buffers.add(buffer);
    last = buffer;
    end = 0;
  }

  /** The buffer into which the next piece's bytes go. */
  byte[] plain() {
    return last;
  }

  /** Where the next piece's bytes go. */
  int end() {
    return end;
  }

  /** Takes in the piece whose bytes are now behind the end. */
  void add(int length, BlockSlots slots, int place) {
    pieces.add(new ByteRange(last, end, length));
    segments.add(slots.segment(place));
    places.add(place);
    end += length;
  }

  /** The bytes of all pieces. */
  List<ByteRange> pieces() {
    return pieces;
  }

  long[] segment(int piece) {
    return segments.get(piece);
  }

  int place(int piece) {
    return places.get(piece);
  }

  ChunkUpload upload() {
    return upload;
  }

  List<byte[]> buffers() {
    return buffers;
  }
}
