package tf.grid.hub.problem;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text that is safe to show in messages, logs, pages and terminals. Characters that end a line,
 * move a cursor or change the direction of writing become the bytes of their UTF-8 form, such as
 * {@code \x1b}; so do bytes that are not UTF-8.
 */
public final class PrintableText {
  private PrintableText() {}

  /** The text of these bytes. */
  public static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    CoderResult result;
    do {
      result = decoder.decode(in, decoded, true);
      append(text, decoded.flip().toString());
      decoded.clear();
      for (int i = 0; result.isError() && i < result.length(); i++) {
        escape(text, in.get());
      }
    } while (result.isError());
    return text.toString();
  }

  /** The same text where it is harmless. */
  public static String of(String text) {
    return append(new StringBuilder(text.length()), text).toString();
  }

  /**
   * The text of these bytes, cut if there are many.
   *
   * @param most bytes that are shown
   */
  public static String shortened(byte[] bytes, int most) {
    return bytes.length <= most ? of(bytes) : of(Arrays.copyOf(bytes, most)) + "…";
  }

  /**
   * The same text where it is harmless, cut if it is long.
   *
   * @param most bytes of its UTF-8 form that are shown
   */
  public static String shortened(String text, int most) {
    return shortened(text.getBytes(StandardCharsets.UTF_8), most);
  }

  private static StringBuilder append(StringBuilder result, String text) {
    text.codePoints()
        .forEach(
            c -> {
              if (isHarmless(c)) {
                result.appendCodePoint(c);
              } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  escape(result, b);
                }
              }
            });
    return result;
  }

  private static void escape(StringBuilder result, byte b) {
    result.append(String.format("\\x%02x", b));
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> !turnsWriting(codePoint);
      default -> true;
    };
  }

  /** Bidirectional controls; joiners between emoji and in Indic scripts are ordinary text. */
  private static boolean turnsWriting(int codePoint) {
    return codePoint == 0x061C
        || codePoint == 0x200E
        || codePoint == 0x200F
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
