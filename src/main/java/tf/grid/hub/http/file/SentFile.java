package tf.grid.hub.http.file;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tf.grid.hub.http.send.Body;

/**
 * A downloadable file and the responses for it. Immutable.
 *
 * @param type media type
 * @param disposition the {@code Content-Disposition}; empty for inline
 * @param tag strong entity tag, quoted
 * @param modified modification time in Unix seconds; empty if unknown
 * @param size in bytes
 */
public record SentFile(
    String type, String disposition, String tag, OptionalLong modified, long size) {

  /**
   * Returns the response if no content is needed.
   *
   * @param headers returns request headers by name
   * @param headOnly whether only headers are requested
   */
  public Optional<FileAnswer> withoutContent(
      Function<String, Optional<String>> headers, boolean headOnly) {
    var refused = preconditions().refuse(headers);
    if (refused.isPresent()) {
      return Optional.of(FileAnswer.bare(refused.getAsInt(), headers()));
    }
    return headOnly
        ? Optional.of(new FileAnswer(200, headers(), size, Body.none()))
        : Optional.empty();
  }

  /**
   * Returns the response with the file or the requested ranges.
   *
   * @param headers returns request headers by name
   * @param content closed with the response, or immediately if not needed
   */
  public FileAnswer withContent(Function<String, Optional<String>> headers, SeekableContent content)
      throws IOException {
    Optional<List<ByteRange>> asked =
        headers
            .apply("Range")
            .filter(range -> preconditions().allowRange(headers))
            .flatMap(range -> ByteRange.parse(range, size));
    List<ByteRange> ranges = asked.orElse(List.of(new ByteRange(0, size - 1)));
    if (ranges.isEmpty()) {
      content.close();
      return FileAnswer.bare(416, headers()).with("Content-Range", "bytes */" + size);
    }
    FileParts parts = new FileParts(content, type, size, ranges);
    Map<String, String> fields = headers();
    fields.put("Content-Type", parts.type());
    if (asked.isPresent() && ranges.size() == 1) {
      fields.put("Content-Range", ranges.get(0).of(size));
    }
    return new FileAnswer(asked.isPresent() ? 206 : 200, fields, parts.length(), parts);
  }

  private Preconditions preconditions() {
    return new Preconditions(tag, modified);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    if (!disposition.isEmpty()) {
      headers.put("Content-Disposition", disposition);
    }
    headers.put("ETag", tag);
    modified.ifPresent(time -> headers.put("Last-Modified", HttpDate.of(time)));
    headers.put("Accept-Ranges", "bytes");
    headers.put("Cache-Control", "no-cache");
    return headers;
  }
}
