package tf.grid.hub.store.embedded.pack;

import java.nio.ByteBuffer;
import tf.grid.hub.chunk.ChunkId;

/**
 * The location of a chunk.
 *
 * @param pack number of the pack file
 * @param position of the data in the file, after the record header
 * @param length in bytes
 * @param time of storing, Unix seconds
 */
public record ChunkLocation(int pack, long position, int length, long time) {
  /** Length of the encoded form in the index, in bytes. */
  public static final int BYTES = 24;

  /** Writes the components in order, big-endian, so that SQL can compare parts of them. */
  public void writeTo(ByteBuffer out) {
    out.putInt(pack).putLong(position).putInt(length).putLong(time);
  }

  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    writeTo(out);
    return out.array();
  }

  public static ChunkLocation of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new ChunkLocation(in.getInt(), in.getLong(), in.getInt(), in.getLong());
  }

  /** The position of the next record. */
  public long end() {
    return position + length;
  }

  /** A chunk and its location. */
  public record LocatedChunk(ChunkId id, ChunkLocation place) {}
}
