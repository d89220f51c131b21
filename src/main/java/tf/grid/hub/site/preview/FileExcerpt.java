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
 * A part of a file for display: text, or a hex dump. Parts of text end after a complete line,
 * unless a line is longer than a part.
 *
 * @param from offset of its first byte
 * @param to offset after its last byte
 * @param size of the file
 * @param text the text; empty for binary data
 * @param utf8 whether the text is UTF-8; otherwise it is decoded as Latin-1
 * @param lines the hex dump of binary data
 */
public record FileExcerpt(
    long from, long to, long size, Optional<String> text, boolean utf8, List<HexLine> lines) {

  /** Maximum size of a text excerpt in bytes. */
  private static final int TEXT = 64 << 10;

  /** Maximum size of a hex excerpt in bytes. */
  private static final int BINARY = 4 << 10;

  /** Maximum length of a UTF-8 character. */
  private static final int CHARACTER = 4;

  /** Longer lines are wrapped. */
  private static final int LONG_LINE = 500;

  /** Control characters that occur in text: bell to carriage return, and escape. */
  private static final String CONTROLS = "\u0007\b\t\n\u000b\f\r\u001b";

  /**
   * Reads an excerpt.
   *
   * @param from offset of the first byte; 0 if it is out of range
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
   * Reads the excerpt before an offset.
   *
   * @param to offset after the last byte; the end of the file if it is out of range
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

  /** Creates the excerpt that starts with these bytes. */
  static FileExcerpt of(byte[] bytes, long from, long size) {
    int end = from + bytes.length >= size ? bytes.length : lastLine(bytes);
    return textual(Arrays.copyOf(bytes, end), from, size)
        .orElseGet(() -> binary(Arrays.copyOf(bytes, Math.min(bytes.length, BINARY)), from, size));
  }

  /** Creates the excerpt that ends with these bytes. */
  static FileExcerpt before(byte[] bytes, long from, long size) {
    int start = from == 0 ? 0 : firstLine(bytes);
    int digits = Math.max(0, bytes.length - BINARY);
    return textual(Arrays.copyOfRange(bytes, start, bytes.length), from + start, size)
        .orElseGet(
            () -> binary(Arrays.copyOfRange(bytes, digits, bytes.length), from + digits, size));
  }

  /** The number of line breaks in the text. */
  public long lineBreaks() {
    return text.stream().flatMapToInt(String::chars).filter(each -> each == '\n').count();
  }

  /** Whether any line has to be wrapped. */
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

  /** The offset after the last complete line, or at least after the last complete character. */
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

  /** The offset of the first complete line, or at least of the first complete character. */
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
   * A line of a hex dump.
   *
   * @param offset of its first byte, at least 8 digits
   * @param digits of up to 16 bytes
   * @param text ASCII, with dots for non-printable bytes
   */
  public record HexLine(String offset, String digits, String text) {

    private static final int BYTES = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    /** The digits, padded to the length of a full line. */
    public String padded() {
      return digits + " ".repeat(BYTES * 3 - 1 - digits.length());
    }

    /**
     * @param from offset of the bytes in the file
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
