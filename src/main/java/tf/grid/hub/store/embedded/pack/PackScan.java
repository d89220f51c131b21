package tf.grid.hub.store.embedded.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.store.embedded.pack.ChunkLocation.LocatedChunk;

/**
 * Scans a pack from a position to its end for valid chunks. Other data, such as a partial record
 * after a crash, is skipped. The number of bytes read is limited to a small multiple of the scanned
 * size, whatever record headers claim. Not thread-safe.
 */
public final class PackScan {
  private static final int WINDOW = 1 << 16;

  private final FileChannel file;
  private final int pack;
  private final long size;
  private final ByteBuffer head = ByteBuffer.allocate(RecordHeader.BYTES);
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
  private final long maxRejected;
  private long end;
  private long rejected;

  public PackScan(FileChannel file, int pack, long from) throws IOException {
    this.file = file;
    this.pack = pack;
    this.size = file.size();
    this.end = from;
    this.maxRejected = size - from;
  }

  /** The end of the last valid chunk; initially the start of the scan. */
  public long end() {
    return end;
  }

  /** Bytes read because of headers without a valid chunk. */
  public long rejected() {
    return rejected;
  }

  /** Returns the next chunk, in the order of writing. */
  public Optional<LocatedChunk> next() throws IOException {
    long at = end;
    while (at < size) {
      LocatedChunk promised = promisedAt(at);
      if (promised == null) {
        at = nextMark(at + 1);
      } else if (isThere(promised)) {
        end = promised.place().end();
        return Optional.of(promised);
      } else {
        at = nextMark(behind(at, promised.place()));
      }
    }
    return Optional.empty();
  }

  /**
   * Where to continue after an invalid record. Damage breaks each record once; more invalid records
   * than fit into the file mean crafted headers nested in one another, and from then on their
   * lengths are skipped.
   */
  private long behind(long at, ChunkLocation rejectedPlace) {
    rejected += rejectedPlace.length();
    return rejected > maxRejected ? rejectedPlace.end() : at + 1;
  }

  /** The chunk according to a header at this position, or null. */
  private LocatedChunk promisedAt(long at) throws IOException {
    if (size - at < RecordHeader.BYTES) {
      return null;
    }
    PackFiles.readFully(file, head.clear(), at);
    RecordHeader header = RecordHeader.at(head.flip()).orElse(null);
    if (header == null || at + RecordHeader.BYTES + header.length() > size) {
      return null;
    }
    return new LocatedChunk(
        header.id(),
        new ChunkLocation(pack, at + RecordHeader.BYTES, header.length(), header.time()));
  }

  private boolean isThere(LocatedChunk promised) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(promised.place().length());
    PackFiles.readFully(file, bytes, promised.place().position());
    return promised.id().equals(idOf(bytes.array()));
  }

  public static ChunkId idOf(byte[] stored) {
    return ChunkId.of(Blake2b.digest(ChunkId.LENGTH, stored, 0, stored.length));
  }

  /** The position of the next record mark, or the size of the file. */
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
