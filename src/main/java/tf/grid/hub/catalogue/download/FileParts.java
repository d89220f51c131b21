package tf.grid.hub.catalogue.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parts of a file that is open, so that replacing its name does not change what is sent. One part
 * goes as it is, several as {@code multipart/byteranges}.
 */
final class FileParts implements DownloadAnswer.Payload {

  private static final int BUFFER = 1 << 16;

  private final FileChannel file;
  private final long size;
  private final List<ByteRange> ranges;
  private final String boundary;

  FileParts(FileChannel file, long size, List<ByteRange> ranges, String boundary) {
    this.file = file;
    this.size = size;
    this.ranges = ranges;
    this.boundary = boundary;
  }

  /** Bytes to be sent. */
  static long length(long size, List<ByteRange> ranges, String boundary) {
    if (ranges.size() == 1) {
      return ranges.get(0).length();
    }
    long length = end(boundary).length;
    for (ByteRange range : ranges) {
      length += head(range, size, boundary).length + range.length();
    }
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    if (ranges.size() == 1) {
      copy(ranges.get(0), out);
      return;
    }
    for (ByteRange range : ranges) {
      out.write(head(range, size, boundary));
      copy(range, out);
    }
    out.write(end(boundary));
  }

  private void copy(ByteRange range, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, range.length())));
    long position = range.first();
    long end = range.last() + 1;
    while (position < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
      int read = file.read(buffer, position);
      if (read < 0) {
        throw new EOFException("the file was cut short by hand while it was sent");
      }
      out.write(buffer.array(), 0, read);
      position += read;
    }
  }

  private static byte[] head(ByteRange range, long size, String boundary) {
    String head =
        "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
            .formatted(boundary, Downloads.FLIST_TYPE, range.of(size));
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] end(String boundary) {
    return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
