package tf.grid.hub.compression;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import tf.grid.hub.problem.PrintableText;

/**
 * Unpacks gzip (RFC 1952) straight into the reader's array, which {@link
 * java.util.zip.GZIPInputStream} does too; unlike it, this one refuses what is neither a further
 * member nor zero padding behind the last member, and tells a file that ends early from one that is
 * damaged. Members may follow each other. Not thread-safe. Closing frees the decompressor and
 * leaves the underlying stream open.
 */
final class GunzipStream extends InputStream {
  private static final int BUFFER = 64 * 1024;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int FILE_NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;
  private static final int SHOWN_BYTES = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] input = new byte[BUFFER];
  private final byte[] single = new byte[1];
  private long received;
  private int next;
  private int end;
  private boolean finished;

  /**
   * Reads the first member's header.
   *
   * @throws CompressionException when it is no gzip header
   */
  GunzipStream(InputStream in) throws IOException {
    this.in = in;
    try {
      header();
    } catch (IOException e) {
      inflater.end();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!finished) {
      int count = inflate(into, offset, length);
      if (count > 0) {
        checksum.update(into, offset, count);
        return count;
      }
      if (inflater.finished()) {
        next = end - inflater.getRemaining();
        trailer();
        finished = !anotherMember();
      } else if (inflater.needsInput()) {
        feed();
      } else {
        throw damaged(null);
      }
    }
    return -1;
  }

  @Override
  public void close() {
    finished = true;
    inflater.end();
  }

  private int inflate(byte[] into, int offset, int length) throws CompressionException {
    try {
      return inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      throw damaged(e);
    }
  }

  private static CompressionException damaged(DataFormatException cause) {
    return new CompressionException(
        "the archive is damaged: its gzip data cannot be unpacked", cause);
  }

  private void feed() throws IOException {
    next = end;
    if (!fill()) {
      throw endedEarly();
    }
    inflater.setInput(input, 0, end);
    next = end;
  }

  /** The checksum and the length that the packer noted, both little-endian. */
  private void trailer() throws IOException {
    long expected = littleEndianInt();
    long length = littleEndianInt();
    if (expected != checksum.getValue() || length != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw new CompressionException(
          "the archive is damaged: the gzip checksum does not match its content");
    }
  }

  /** Whether a member follows; zeros up to the end are padding, as gzip itself sees it. */
  private boolean anotherMember() throws IOException {
    int first = nextOrEnd();
    if (first == 0x1F) {
      next--;
      inflater.reset();
      checksum.reset();
      header();
      return true;
    }
    for (int b = first; b >= 0; b = nextOrEnd()) {
      if (b != 0) {
        throw behindTheEnd();
      }
    }
    return false;
  }

  private CompressionException behindTheEnd() {
    next--;
    byte[] begin = Arrays.copyOfRange(input, next, Math.min(next + SHOWN_BYTES, end));
    long at = received - (end - next);
    return new CompressionException(
        "there is something behind the end of the gzip data, from byte "
            + at
            + " of the file on: '"
            + PrintableText.of(begin)
            + "'; gzip would ignore it, but it may be a part that got lost: cut the file there"
            + " (head -c "
            + at
            + ") or pack the archive again");
  }

  private void header() throws IOException {
    if (nextByte() != 0x1F || nextByte() != 0x8B || nextByte() != DEFLATE) {
      throw new CompressionException("the archive is damaged: a gzip header was expected");
    }
    int flags = nextByte();
    if ((flags & RESERVED) != 0) {
      throw new CompressionException("the archive uses gzip flags that nobody has defined");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(nextByte() | nextByte() << 8);
    }
    if ((flags & FILE_NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.setInput(input, next, end - next);
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nextByte();
    }
  }

  private void skipText() throws IOException {
    int length = 0;
    while (nextByte() != 0) {
      if (++length > BUFFER) {
        throw new CompressionException("the archive's gzip header is too long");
      }
    }
  }

  private long littleEndianInt() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (long) nextByte() << shift;
    }
    return value;
  }

  private int nextByte() throws IOException {
    int value = nextOrEnd();
    if (value < 0) {
      throw endedEarly();
    }
    return value;
  }

  private int nextOrEnd() throws IOException {
    return next < end || fill() ? input[next++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    int count = in.read(input, 0, input.length);
    next = 0;
    end = Math.max(count, 0);
    received += end;
    return count > 0;
  }

  private static CompressionException endedEarly() {
    return new CompressionException("the archive ends early: its gzip data is cut off");
  }
}
