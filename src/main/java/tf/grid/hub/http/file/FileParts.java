package tf.grid.hub.http.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import tf.grid.hub.http.send.Body;

/** One range as it is, or several as {@code multipart/byteranges}. Used by one thread at a time. */
final class FileParts implements Body {

  private final SeekableContent content;
  private final String type;
  private final long size;
  private final List<ByteRange> ranges;
  private final String boundary = UUID.randomUUID().toString();
  private final Queue<Body> parts = new ArrayDeque<>();
  private final long length;

  /**
   * @param type media type of the file
   * @param size of the file
   * @param ranges at least one
   */
  FileParts(SeekableContent content, String type, long size, List<ByteRange> ranges) {
    this.content = content;
    this.type = type;
    this.size = size;
    this.ranges = ranges;
    this.length = divide();
  }

  /** The media type of the body. */
  String type() {
    return ranges.size() == 1 ? type : "multipart/byteranges; boundary=" + boundary;
  }

  /** The length of the body in bytes. */
  long length() {
    return length;
  }

  /** Lines up heads and ranges, and returns the sum of their lengths. */
  private long divide() {
    if (ranges.size() == 1) {
      parts.add(new Part(ranges.get(0)));
      return ranges.get(0).length();
    }
    long sum = 0;
    for (ByteRange range : ranges) {
      sum += add(head(range)) + range.length();
      parts.add(new Part(range));
    }
    return sum + add("\r\n--" + boundary + "--\r\n");
  }

  private int add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    parts.add(Body.of(bytes));
    return bytes.length;
  }

  private String head(ByteRange range) {
    return "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
        .formatted(boundary, type, range.of(size));
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    while (!parts.isEmpty()) {
      int read = parts.element().read(target, offset, count);
      if (read >= 0) {
        return read;
      }
      parts.remove();
    }
    return -1;
  }

  @Override
  public void pause() {
    content.pause();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /** A range of the content. */
  private final class Part implements Body {
    private final long end;
    private long position;

    Part(ByteRange range) {
      this.position = range.first();
      this.end = range.last() + 1;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (position >= end) {
        return -1;
      }
      int read = content.read(position, target, offset, (int) Math.min(count, end - position));
      position += read;
      return read;
    }
  }
}
