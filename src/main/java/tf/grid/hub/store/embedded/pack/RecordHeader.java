package tf.grid.hub.store.embedded.pack;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import tf.grid.hub.chunk.ChunkId;

/**
 * The header of a record in a pack: magic number, length, time, id, and a CRC-32C of these, all
 * big-endian. It allows rebuilding a lost index and detecting the end of valid data after a crash.
 *
 * @param id of the chunk
 * @param length of the data that follows, in bytes
 * @param time of storing, Unix seconds
 */
public record RecordHeader(ChunkId id, int length, long time) {
  public static final int BYTES = 36;

  /** The largest chunk that a record may have, in bytes. */
  public static final int MAX_CHUNK = 8 << 20;

  /** The first four bytes of every record: "hubC". */
  static final int MARK = 0x68756243;

  private static final int SUMMED = BYTES - Integer.BYTES;

  public void writeTo(ByteBuffer out) {
    int start = out.position();
    out.putInt(MARK).putInt(length).putLong(time).putLong(id.high()).putLong(id.low());
    out.putInt(sum(out, start));
  }

  /**
   * Parses the header at the buffer's position, which is not changed; empty if there is no valid
   * header.
   */
  static Optional<RecordHeader> at(ByteBuffer in) {
    int start = in.position();
    if (in.remaining() < BYTES
        || in.getInt(start) != MARK
        || in.getInt(start + SUMMED) != sum(in, start)) {
      return Optional.empty();
    }
    ChunkId id = new ChunkId(in.getLong(start + 16), in.getLong(start + 24));
    int length = in.getInt(start + 4);
    if (length < 1 || length > MAX_CHUNK) {
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
