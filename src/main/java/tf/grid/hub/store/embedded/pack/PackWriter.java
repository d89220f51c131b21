package tf.grid.hub.store.embedded.pack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import tf.grid.hub.store.StoredChunk;

/**
 * Appends records to the last pack and starts a new pack when it is full. Appended records are
 * durable only after {@link #force}; {@link #rollBack} removes records appended since then. Uses a
 * single buffer of constant size. Not thread-safe; its thread must not be interrupted, because that
 * would close the file.
 */
public final class PackWriter implements Closeable {
  private static final int BUFFER = 1 << 20;

  private final PackFiles packs;
  private final long packSize;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private int number;
  private FileChannel channel;
  private long written;
  private long forced;

  /**
   * Continues at the end of a pack.
   *
   * @param packSize size in bytes at which a new pack is started
   * @param number of the pack, which need not exist
   * @param end position of the next record
   */
  public PackWriter(PackFiles packs, long packSize, int number, long end) {
    this.packs = packs;
    this.packSize = packSize;
    this.number = number;
    this.written = end;
    this.forced = end;
  }

  /** The number of the current pack. */
  public int number() {
    return number;
  }

  /** The end of the durable part of the current pack. */
  public long end() {
    return forced;
  }

  /** Appends a chunk and returns its location. */
  public ChunkLocation append(StoredChunk chunk, long time) throws IOException {
    ByteBuffer bytes = chunk.bytes().duplicate();
    int length = bytes.remaining();
    long start = written + buffer.position();
    if (start > 0 && start + RecordHeader.BYTES + length > packSize) {
      beginNext();
      start = 0;
    }
    if (buffer.remaining() < RecordHeader.BYTES) {
      drain();
    }
    new RecordHeader(chunk.id(), length, time).writeTo(buffer);
    while (bytes.hasRemaining()) {
      if (!buffer.hasRemaining()) {
        drain();
      }
      int part = Math.min(bytes.remaining(), buffer.remaining());
      buffer.put(buffer.position(), bytes, bytes.position(), part);
      buffer.position(buffer.position() + part);
      bytes.position(bytes.position() + part);
    }
    return new ChunkLocation(number, start + RecordHeader.BYTES, length, time);
  }

  /** Returns when all appended records are on disk (fdatasync). */
  public void force() throws IOException {
    drain();
    if (written > forced) {
      channel().force(false);
      forced = written;
    }
  }

  /** Removes records appended since the last {@link #force}; the next append reopens the file. */
  public void rollBack() throws IOException {
    buffer.clear();
    written = forced;
    if (channel != null) {
      try (FileChannel closing = channel) {
        channel = null;
        closing.truncate(forced);
      }
    }
  }

  @Override
  public void close() throws IOException {
    rollBack();
  }

  /** Syncs the current pack and starts the next one. */
  public void beginNext() throws IOException {
    force();
    if (channel != null) {
      channel.close();
      channel = null;
    }
    number++;
    written = 0;
    forced = 0;
  }

  private void drain() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      written += channel().write(buffer, written);
    }
    buffer.clear();
  }

  private FileChannel channel() throws IOException {
    if (channel == null) {
      channel = packs.openToWrite(number);
    }
    return channel;
  }
}
