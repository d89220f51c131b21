package tf.grid.hub.catalogue.preview;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.browse.FileContent;

/**
 * A part of a file for people: as text if it is UTF-8 without NUL, else in hexadecimal digits.
 *
 * @param from its first byte
 * @param to behind its last byte
 * @param size of the file
 * @param text what it says; empty if it is no text
 * @param lines the bytes, if it is no text
 */
public record Excerpt(long from, long to, long size, Optional<String> text, List<HexLine> lines) {

  /** Bytes of an excerpt as text, at most. */
  public static final int TEXT = 64 << 10;

  /** Bytes of an excerpt in digits, at most. */
  public static final int BINARY = 4 << 10;

  /** The longest character in UTF-8. */
  private static final int CHARACTER = 4;

  /**
   * Reads a part of a file.
   *
   * @param from the first byte; what is no place in the file stands for its beginning
   * @throws tf.grid.hub.catalogue.browse.ContentLost if a chunk is missing or damaged
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public static Excerpt of(FileContent file, long from) throws IOException {
    long size = file.node().size();
    long start = from < 0 || from >= size ? 0 : from;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    file.writeTo(bytes, start, TEXT);
    return of(bytes.toByteArray(), start, size);
  }

  static Excerpt of(byte[] bytes, long from, long size) {
    boolean last = from + bytes.length >= size;
    int end = last ? bytes.length : wholeCharacters(bytes);
    return text(Arrays.copyOf(bytes, end))
        .map(text -> new Excerpt(from, from + end, size, Optional.of(text), List.of()))
        .orElseGet(() -> binary(bytes, from, size));
  }

  private static Excerpt binary(byte[] bytes, long from, long size) {
    int count = Math.min(bytes.length, BINARY);
    List<HexLine> lines = HexLine.of(bytes, from, count);
    return new Excerpt(from, from + count, size, Optional.empty(), lines);
  }

  /** Up to where no character is cut in two. */
  private static int wholeCharacters(byte[] bytes) {
    int first = bytes.length - 1;
    while (first > bytes.length - CHARACTER && first > 0 && (bytes[first] & 0xc0) == 0x80) {
      first--;
    }
    return first < 0 || bytes[first] >= 0 ? bytes.length : first;
  }

  private static Optional<String> text(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
