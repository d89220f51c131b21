package tf.grid.hub.compression;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.compression.DecompressorMemory.Lease;

/**
 * Packed zstd data on its way to the decompressor (RFC 8878, section 3.1). Takes the memory that a
 * frame needs before the decompressor sees its header. Frames follow each other, and each may need
 * more than those before it; what was taken is kept until the stream is closed. Damaged data
 * passes: the decompressor rejects it. Not thread-safe.
 */
final class ZstdFrames extends InputStream {
  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int SKIPPABLE_MASK = 0xFFFFFFF0;

  private static final int SINGLE_SEGMENT = 0x20;
  private static final int CHECKSUM = 0x04;
  private static final int CHECKSUM_BYTES = 4;
  private static final int RLE_BLOCK = 1;
  private static final int RESERVED_BLOCK = 3;
  private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};
  private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};

  /** What the decompressor needs besides the window: its tables, and two blocks of 128 KiB. */
  private static final long BESIDES_WINDOW = 512 << 10;

  private final InputStream packed;
  private final DecompressorMemory memory;
  private final long mostWindow;
  private final List<Lease> leases = new ArrayList<>();
  private long taken;

  private Part part = Part.MAGIC;

  /** Bytes of the part that have not come yet. */
  private long left = Part.MAGIC.length;

  private final byte[] field = new byte[16];
  private int filled;
  private int descriptor;

  /** What the next bytes are; the length of some depends on bytes before them. */
  private enum Part {
    MAGIC(4),
    SKIPPED_SIZE(4),
    SKIPPED(0),
    DESCRIPTOR(1),
    HEADER(0),
    BLOCK_HEADER(3),
    BLOCK(0),
    LAST_BLOCK(0),
    CHECKSUM(CHECKSUM_BYTES),
    UNKNOWN(Long.MAX_VALUE);

    private final long length;

    Part(long length) {
      this.length = length;
    }

    boolean isContent() {
      return this == SKIPPED || this == BLOCK || this == LAST_BLOCK || this == UNKNOWN;
    }
  }

  /**
   * Nothing is taken yet.
   *
   * @param mostWindow bytes; the decompressor rejects frames with a larger window, so nothing is
   *     taken for them
   */
  ZstdFrames(InputStream packed, DecompressorMemory memory, long mostWindow) {
    this.packed = packed;
    this.memory = memory;
    this.mostWindow = mostWindow;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = packed.read(into, offset, length);
    int at = offset;
    while (at < offset + count) {
      int step = (int) Math.min(left, offset + count - at);
      if (!part.isContent()) {
        System.arraycopy(into, at, field, filled, step);
        filled += step;
      }
      at += step;
      left -= step;
      if (left == 0) {
        next();
      }
    }
    return count;
  }

  /** Gives the memory back, after the decompressor was closed. */
  @Override
  public void close() {
    leases.forEach(Lease::close);
    leases.clear();
  }

  private void next() throws IOException {
    switch (part) {
      case MAGIC -> afterMagic((int) number(0, 4));
      case SKIPPED_SIZE -> begin(Part.SKIPPED, number(0, 4));
      case DESCRIPTOR -> {
        descriptor = field[0] & 0xFF;
        begin(Part.HEADER, windowBytes() + dictionaryIdBytes() + contentSizeBytes());
      }
      case HEADER -> {
        take(window());
        begin(Part.BLOCK_HEADER);
      }
      case BLOCK_HEADER -> block((int) number(0, 3));
      case BLOCK -> begin(Part.BLOCK_HEADER);
      case LAST_BLOCK -> begin((descriptor & CHECKSUM) != 0 ? Part.CHECKSUM : Part.MAGIC);
      default -> begin(Part.MAGIC);
    }
  }

  private void afterMagic(int magic) throws IOException {
    if (magic == MAGIC) {
      begin(Part.DESCRIPTOR);
    } else if ((magic & SKIPPABLE_MASK) == SKIPPABLE) {
      begin(Part.SKIPPED_SIZE);
    } else {
      begin(Part.UNKNOWN);
    }
  }

  private void block(int header) throws IOException {
    int type = (header >> 1) & 3;
    if (type == RESERVED_BLOCK) {
      begin(Part.UNKNOWN);
    } else {
      boolean last = (header & 1) != 0;
      begin(last ? Part.LAST_BLOCK : Part.BLOCK, type == RLE_BLOCK ? 1 : header >> 3);
    }
  }

  private void begin(Part following) throws IOException {
    begin(following, following.length);
  }

  private void begin(Part following, long length) throws IOException {
    part = following;
    left = length;
    filled = 0;
    if (length == 0) {
      next();
    }
  }

  private int windowBytes() {
    return (descriptor & SINGLE_SEGMENT) != 0 ? 0 : 1;
  }

  private int dictionaryIdBytes() {
    return DICTIONARY_ID_BYTES[descriptor & 3];
  }

  private int contentSizeBytes() {
    int bytes = CONTENT_SIZE_BYTES[descriptor >> 6];
    return bytes == 0 && windowBytes() == 0 ? 1 : bytes;
  }

  /** Bytes of the window of the frame; negative if it is larger than any number. */
  private long window() {
    if (windowBytes() == 0) {
      long size = number(dictionaryIdBytes(), contentSizeBytes());
      return contentSizeBytes() == 2 ? size + 256 : size;
    }
    int exponent = (field[0] & 0xFF) >> 3;
    long base = 1L << (10 + exponent);
    return base + (base / 8) * (field[0] & 7);
  }

  private void take(long window) throws IOException {
    long needed = window + BESIDES_WINDOW;
    if (window >= 0 && window <= mostWindow && needed > taken) {
      leases.add(memory.take(needed - taken));
      taken = needed;
    }
  }

  /** Little-endian. */
  private long number(int from, int bytes) {
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = (number << 8) | (field[from + i] & 0xFF);
    }
    return number;
  }
}
