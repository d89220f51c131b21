package tf.grid.hub.http.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A byte range (RFC 9110, section 14).
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, not before the first
 */
record ByteRange(long first, long last) {

  /** More ranges in one request only serve to exhaust the hub. */
  private static final int MAX_RANGES = 16;

  private static final Pattern HEADER = Pattern.compile("bytes=(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern RANGE = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

  long length() {
    return last - first + 1;
  }

  /** The {@code Content-Range} of this range. */
  String of(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }

  /**
   * Parses a {@code Range} header.
   *
   * @param size of the file
   * @return empty if the header is invalid, so that the whole file is sent; an empty list if no
   *     range is satisfiable
   */
  static Optional<List<ByteRange>> parse(String header, long size) {
    Matcher unit = HEADER.matcher(header.strip());
    if (!unit.matches()) {
      return Optional.empty();
    }
    String[] specs = unit.group(1).split(",", -1);
    if (specs.length > MAX_RANGES) {
      return Optional.empty();
    }
    List<ByteRange> ranges = new ArrayList<>();
    for (String spec : specs) {
      Matcher range = RANGE.matcher(spec.strip());
      if (!range.matches() || isNonsense(range.group(1), range.group(2))) {
        return Optional.empty();
      }
      resolve(range.group(1), range.group(2), size).ifPresent(ranges::add);
    }
    return Optional.of(ranges);
  }

  private static boolean isNonsense(String first, String last) {
    return first.isEmpty()
        ? last.isEmpty()
        : !last.isEmpty() && Long.parseLong(first) > Long.parseLong(last);
  }

  private static Optional<ByteRange> resolve(String first, String last, long size) {
    long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
    long to = first.isEmpty() || last.isEmpty() ? size - 1 : Long.parseLong(last);
    return from < size
        ? Optional.of(new ByteRange(from, Math.min(to, size - 1)))
        : Optional.empty();
  }
}
