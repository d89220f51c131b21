package tf.grid.hub.compression;

import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.LZMA2InputStream;

/**
 * How much memory an xz stream needs, from its first block header (<a
 * href="https://tukaani.org/xz/xz-file-format.txt">format</a>, sections 2.1.1 and 3.1). Blocks that
 * follow usually have the same dictionary.
 */
final class XzDictionary {
  /** Bytes of the stream header and the longest block header. */
  static final int HEADER_BYTES = 12 + 1024;

  private static final int STREAM_HEADER = 12;
  private static final int FILTERS = 0x03;
  private static final int HAS_PACKED_SIZE = 0x40;
  private static final int HAS_PLAIN_SIZE = 0x80;
  private static final int LZMA2 = 0x21;
  private static final int LARGEST_BITS = 40;

  private final byte[] bytes;
  private int at = STREAM_HEADER + 2;

  private XzDictionary(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Looks at a stream, which stays where it is.
   *
   * @param packed supports marks
   * @return KiB, at least 1024; the same for damaged streams, which need no more to be rejected
   */
  static int memoryKib(InputStream packed) throws IOException {
    packed.mark(HEADER_BYTES);
    byte[] start = packed.readNBytes(HEADER_BYTES);
    packed.reset();
    try {
      return Math.max(1024, new XzDictionary(start).memory());
    } catch (ArrayIndexOutOfBoundsException truncated) {
      return 1024;
    }
  }

  private int memory() {
    int flags = bytes[STREAM_HEADER + 1];
    if ((flags & HAS_PACKED_SIZE) != 0) {
      number();
    }
    if ((flags & HAS_PLAIN_SIZE) != 0) {
      number();
    }
    int memory = 0;
    for (int i = 0; i <= (flags & FILTERS); i++) {
      long filter = number();
      long properties = number();
      if (filter == LZMA2) {
        memory = memory(bytes[at] & 0xff);
      }
      at = (int) Math.min(bytes.length, at + properties);
    }
    return memory;
  }

  /** The size of the dictionary is 2ⁿ or 2ⁿ + 2ⁿ⁻¹ bytes. */
  private static int memory(int bits) {
    if (bits >= LARGEST_BITS - 1) {
      return Integer.MAX_VALUE;
    }
    long dictionary = (2L | (bits & 1)) << (bits / 2 + 11);
    return dictionary > LZMA2InputStream.DICT_SIZE_MAX
        ? Integer.MAX_VALUE
        : LZMA2InputStream.getMemoryUsage((int) dictionary);
  }

  private long number() {
    long value = 0;
    int shift = 0;
    while (true) {
      int next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
      shift += 7;
    }
  }
}
