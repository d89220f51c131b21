package tf.grid.hub.store.embedded.pack;

import java.nio.ByteBuffer;
import tf.grid.hub.chunk.ChunkId;

/**
 * Where the bytes of a chunk are.
 *
 * @param pack number of the pack file
 * @param position where the bytes begin in it, behind the record's header
 * @param length how many bytes there are
 * @param time when they were stored, seconds since 1970
 */
public record ChunkLocation(int pack, long position, int length, long time) {
  /** Length of the form that the index keeps. */
  public static final int BYTES = 24;

  /** Big-endian fields in the order of the components, so that SQL can compare parts of it. */
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

  /** Where the next record may begin. */
  public long end() {
    return position + length;
  }

  /** A chunk and where it is. */
  public record LocatedChunk(ChunkId id, ChunkLocation place) {}
}
