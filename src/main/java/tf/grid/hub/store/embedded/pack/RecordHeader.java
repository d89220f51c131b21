package tf.grid.hub.store.embedded.pack;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.embedded.EmbeddedStore;

/**
 * What stands before a chunk's bytes in a pack: a mark, the length, the time, the id, and a
 * checksum (CRC-32C) of these, all big-endian. It is there so that a lost index can be made again,
 * and so that the end of what a crash left behind is recognized.
 *
 * @param id the name of the chunk
 * @param length of the bytes that follow
 * @param time when they were stored, seconds since 1970
 */
public record RecordHeader(ChunkId id, int length, long time) {
  public static final int BYTES = 36;

  /** The first four bytes of every record: "hubC". */
  static final int MARK = 0x68756243;

  private static final int SUMMED = BYTES - Integer.BYTES;

  public void writeTo(ByteBuffer out) {
    int start = out.position();
    out.putInt(MARK).putInt(length).putLong(time).putLong(id.high()).putLong(id.low());
    out.putInt(sum(out, start));
  }

  /** The header at the buffer's position, which stays; empty when there is none. */
  static Optional<RecordHeader> at(ByteBuffer in) {
    int start = in.position();
    if (in.remaining() < BYTES
        || in.getInt(start) != MARK
        || in.getInt(start + SUMMED) != sum(in, start)) {
      return Optional.empty();
    }
    ChunkId id = new ChunkId(in.getLong(start + 16), in.getLong(start + 24));
    int length = in.getInt(start + 4);
    if (length < 1 || length > EmbeddedStore.MAX_CHUNK) {
      return Optional.empty();
    }
    return Optional.of(new RecordHeader(id, length, in.getLong(start + 8)));
  }

  private static int sum(ByteBuffer buffer, int start) {
    CRC32C sum = new CRC32C();
    sum.update(buffer.duplicate().position(start).limit(start + SUMMED));
    return (int) sum.getValue();
  }
}
