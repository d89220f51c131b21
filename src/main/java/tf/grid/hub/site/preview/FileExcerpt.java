package tf.grid.hub.site.preview;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.browse.FileContent;

/**
 * A part of a file for people: as text if it is some, else in hexadecimal digits. Parts of texts
 * end behind a line, unless a line is longer than they may be.
 *
 * @param from its first byte
 * @param to behind its last byte
 * @param size of the file
 * @param text what it says; empty if it is no text
 * @param utf8 whether the text is in UTF-8; what is not is taken for Latin-1
 * @param lines the bytes, if it is no text
 */
public record FileExcerpt(
    long from, long to, long size, Optional<String> text, boolean utf8, List<HexLine> lines) {

  /** Bytes of an excerpt as text, at most. */
  private static final int TEXT = 64 << 10;

  /** Bytes of an excerpt in digits, at most. */
  private static final int BINARY = 4 << 10;

  /** The longest character in UTF-8. */
  private static final int CHARACTER = 4;

  /** Longer lines are broken, or nobody sees their end. */
  private static final int LONG_LINE = 500;

  /** Control characters of texts: from the bell to the carriage return, and escape. */
  private static final String CONTROLS = "\u0007\b\t\n\u000b\f\r\u001b";

  /**
   * Reads a part of a file.
   *
   * @param from the first byte; what is no place in the file stands for its beginning
   * @throws tf.grid.hub.catalogue.browse.FileContent.ContentLostException if a chunk is missing or
   *     damaged
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public static FileExcerpt of(FileContent file, long from) throws IOException {
    long size = file.node().size();
    long start = from < 0 || from >= size ? 0 : from;
    return of(file.bytes(start, TEXT), start, size);
  }

  /**
   * Reads the part of a file that ends before a place.
   *
   * @param to behind the last byte; what is no place in the file stands for its end
   * @throws tf.grid.hub.catalogue.browse.FileContent.ContentLostException if a chunk is missing or
   *     damaged
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public static FileExcerpt before(FileContent file, long to) throws IOException {
    long size = file.node().size();
    long end = to <= 0 || to > size ? size : to;
    long start = Math.max(0, end - TEXT);
    return before(file.bytes(start, Math.toIntExact(end - start)), start, size);
  }

  /** The excerpt that begins with these bytes. */
  static FileExcerpt of(byte[] bytes, long from, long size) {
    int end = from + bytes.length >= size ? bytes.length : lastLine(bytes);
    return textual(Arrays.copyOf(bytes, end), from, size)
        .orElseGet(() -> binary(Arrays.copyOf(bytes, Math.min(bytes.length, BINARY)), from, size));
  }

  /** The excerpt that ends with these bytes. */
  static FileExcerpt before(byte[] bytes, long from, long size) {
    int start = from == 0 ? 0 : firstLine(bytes);
    int digits = Math.max(0, bytes.length - BINARY);
    return textual(Arrays.copyOfRange(bytes, start, bytes.length), from + start, size)
        .orElseGet(
            () -> binary(Arrays.copyOfRange(bytes, digits, bytes.length), from + digits, size));
  }

  /** Whether some line is so long that it has to be broken. */
  public boolean wide() {
    return text.stream().flatMap(String::lines).anyMatch(line -> line.length() > LONG_LINE);
  }

  private static Optional<FileExcerpt> textual(byte[] bytes, long from, long size) {
    Optional<String> utf8 = decoded(bytes, StandardCharsets.UTF_8);
    return utf8.or(() -> decoded(bytes, StandardCharsets.ISO_8859_1))
        .map(
            text ->
                new FileExcerpt(
                    from,
                    from + bytes.length,
                    size,
                    Optional.of(text),
                    utf8.isPresent(),
                    List.of()));
  }

  private static FileExcerpt binary(byte[] bytes, long from, long size) {
    List<HexLine> lines = HexLine.of(bytes, from);
    return new FileExcerpt(from, from + bytes.length, size, Optional.empty(), false, lines);
  }

  /** Behind the last line that is whole, or at least the last character. */
  private static int lastLine(byte[] bytes) {
    for (int end = bytes.length; end > bytes.length / 2; end--) {
      if (bytes[end - 1] == '\n') {
        return end;
      }
    }
    int first = bytes.length - 1;
    while (first > bytes.length - CHARACTER && first > 0 && isInside(bytes[first])) {
      first--;
    }
    return first < 0 || bytes[first] >= 0 ? bytes.length : first;
  }

  /** Where the first line begins that is whole, or at least the first character. */
  private static int firstLine(byte[] bytes) {
    for (int at = 0; at < bytes.length / 2; at++) {
      if (bytes[at] == '\n') {
        return at + 1;
      }
    }
    int start = 0;
    while (start < bytes.length && start < CHARACTER && isInside(bytes[start])) {
      start++;
    }
    return start;
  }

  private static boolean isInside(byte each) {
    return (each & 0xc0) == 0x80;
  }

  private static Optional<String> decoded(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())
          .filter(text -> text.chars().allMatch(FileExcerpt::isWritten));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isWritten(int character) {
    return !Character.isISOControl(character) || CONTROLS.indexOf(character) >= 0;
  }

  /**
   * A line of a file in hexadecimal digits.
   *
   * @param offset of its first byte, 8 digits or more
   * @param digits of up to 16 bytes
   * @param text the bytes as ASCII, a dot for those that are not printable
   */
  public record HexLine(String offset, String digits, String text) {

    private static final int BYTES = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    /** The digits, as long as those of any other line. */
    public String padded() {
      return digits + " ".repeat(BYTES * 3 - 1 - digits.length());
    }

    /**
     * The lines of some bytes.
     *
     * @param from where in the file they begin
     */
    static List<HexLine> of(byte[] bytes, long from) {
      List<HexLine> lines = new ArrayList<>();
      for (int at = 0; at < bytes.length; at += BYTES) {
        int end = Math.min(bytes.length, at + BYTES);
        StringBuilder text = new StringBuilder(BYTES);
        for (int i = at; i < end; i++) {
          text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
        }
        String offset = String.format("%08x", from + at);
        lines.add(new HexLine(offset, HEX.formatHex(bytes, at, end), text.toString()));
      }
      return lines;
    }
  }
}
