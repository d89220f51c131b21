package tf.grid.hub.http.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** One range as it is, or several as {@code multipart/byteranges}. */
final class FileParts implements FileAnswer.Payload {

  private final SeekableContent content;
  private final String type;
  private final long size;
  private final List<ByteRange> ranges;
  private final String boundary = UUID.randomUUID().toString();

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
  }

  /** The media type of the body. */
  String type() {
    return ranges.size() == 1 ? type : "multipart/byteranges; boundary=" + boundary;
  }

  /** The length of the body in bytes. */
  long length() {
    if (ranges.size() == 1) {
      return ranges.get(0).length();
    }
    long length = end().length;
    for (ByteRange range : ranges) {
      length += head(range).length + range.length();
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
      out.write(head(range));
      copy(range, out);
    }
    out.write(end());
  }

  private void copy(ByteRange range, OutputStream out) throws IOException {
    content.writeTo(out, range.first(), range.length());
  }

  private byte[] head(ByteRange range) {
    String head =
        "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
            .formatted(boundary, type, range.of(size));
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] end() {
    return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
