package tf.grid.hub.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import tf.grid.hub.chunk.Blake2b;
import tf.grid.hub.chunk.ChunkId;

/**
 * Reads a pack from a place to its end and finds every chunk whose bytes are what its id says. What
 * is between them, such as the half of a record that a crash left, is stepped over. For one thread.
 */
final class PackScan {
  private static final int WINDOW = 1 << 16;

  private final FileChannel file;
  private final int pack;
  private final long size;
  private final ByteBuffer head = ByteBuffer.allocate(RecordHeader.BYTES);
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
  private long end;

  PackScan(FileChannel file, int pack, long from) throws IOException {
    this.file = file;
    this.pack = pack;
    this.size = file.size();
    this.end = from;
  }

  /** Where the last chunk that was found ends; at first, where the scan began. */
  long end() {
    return end;
  }

  /** The next chunk, in the order in which they were written. */
  Optional<Located> next() throws IOException {
    for (long at = end; at < size; at = nextMark(at + 1)) {
      Optional<Located> record = recordAt(at);
      if (record.isPresent()) {
        end = record.get().place().end();
        return record;
      }
    }
    return Optional.empty();
  }

  private Optional<Located> recordAt(long at) throws IOException {
    if (size - at < RecordHeader.BYTES) {
      return Optional.empty();
    }
    PackFiles.readFully(file, head.clear(), at);
    RecordHeader header = RecordHeader.at(head.flip()).orElse(null);
    if (header == null || at + RecordHeader.BYTES + header.length() > size) {
      return Optional.empty();
    }
    Place place = new Place(pack, at + RecordHeader.BYTES, header.length(), header.time());
    ByteBuffer bytes = ByteBuffer.allocate(header.length());
    PackFiles.readFully(file, bytes, place.position());
    return header.id().equals(idOf(bytes.array()))
        ? Optional.of(new Located(header.id(), place))
        : Optional.empty();
  }

  static ChunkId idOf(byte[] stored) {
    return ChunkId.of(Blake2b.digest(ChunkId.LENGTH, stored, 0, stored.length));
  }

  /** Where the first bytes of a record next stand, or the size of the file. */
  private long nextMark(long from) throws IOException {
    for (long at = from; size - at >= RecordHeader.BYTES; at += WINDOW - Integer.BYTES + 1) {
      window.clear().limit((int) Math.min(WINDOW, size - at));
      PackFiles.readFully(file, window, at);
      for (int i = 0; i <= window.limit() - Integer.BYTES; i++) {
        if (window.getInt(i) == RecordHeader.MARK) {
          return at + i;
        }
      }
    }
    return size;
  }
}
