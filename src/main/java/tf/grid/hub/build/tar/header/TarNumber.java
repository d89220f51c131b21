package tf.grid.hub.build.tar.header;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.problem.PrintableText;

/** Parses numbers in tar: octal digits, GNU's base 256 and PAX decimals. */
public final class TarNumber {
  private static final int MAX_DIGITS = 18;
  private static final Pattern TIME = Pattern.compile("(-?)([0-9]+)(?:\\.([0-9]*))?");

  private TarNumber() {}

  /** Parses a header field; an empty one is 0. */
  public static long field(byte[] block, int offset, int length, String what) throws TarException {
    return (block[offset] & 0x80) != 0
        ? binary(block, offset, length, what)
        : octal(block, offset, length, what);
  }

  private static long octal(byte[] block, int offset, int length, String what) throws TarException {
    int next = offset;
    int end = offset + length;
    if (block[next] == 0) {
      next++; // some old writers let the field before overflow by its NUL
    }
    while (next < end && isBlank(block[next])) {
      next++;
    }
    long value = 0;
    while (next < end && !isBlank(block[next]) && block[next] != 0) {
      int digit = block[next++] - '0';
      if (digit < 0 || digit > 7) {
        throw wrong(what, block, offset, length);
      }
      value = value << 3 | digit;
    }
    return value;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Big-endian two's complement after a marker bit. */
  private static long binary(byte[] block, int offset, int length, String what)
      throws TarException {
    boolean negative = (block[offset] & 0x40) != 0;
    long value = (block[offset] & 0x3F) | (negative ? -0x40 : 0);
    for (int i = offset + 1; i < offset + length; i++) {
      boolean full = value >> 55 != (negative ? -1 : 0);
      if (full) {
        throw wrong(what, block, offset, length);
      }
      value = (value << 8) | (block[i] & 0xFF);
    }
    return value;
  }

  /**
   * Parses a non-negative decimal integer of a PAX record or a sparse map, ignoring surrounding
   * spaces and, as GNU tar and bsdtar do, NULs at the end.
   */
  public static long decimal(byte[] text, String what) throws TarException {
    return decimal(text, 0, text.length, what);
  }

  public static long decimal(byte[] text, int from, int to, String what) throws TarException {
    int next = from;
    int end = to;
    while (next < end && text[next] == ' ') {
      next++;
    }
    while (end > next && (text[end - 1] == ' ' || text[end - 1] == 0)) {
      end--;
    }
    while (next < end - 1 && text[next] == '0') {
      next++;
    }
    if (next >= end || end - next > MAX_DIGITS) {
      throw wrong(what, text, from, to - from);
    }
    long value = 0;
    for (int i = next; i < end; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        throw wrong(what, text, from, to - from);
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Parses a decimal integer that may be negative. */
  static long signed(byte[] text, String what) throws TarException {
    boolean negative = text.length > 1 && text[0] == '-';
    long value = decimal(text, negative ? 1 : 0, text.length, what);
    return negative ? -value : value;
  }

  /** Whether {@link #seconds} parses the whole text. */
  public static boolean isTime(byte[] text) {
    return TIME.matcher(latin(text)).matches();
  }

  /**
   * Parses a PAX time, such as {@code -1.5}, rounded down to whole seconds. Ignores characters
   * after the number, as GNU tar and bsdtar do.
   *
   * @return null if it does not start with a number
   */
  public static Long seconds(byte[] text) {
    Matcher time = TIME.matcher(latin(text));
    if (!time.lookingAt()) {
      return null;
    }
    boolean negative = !time.group(1).isEmpty();
    String digits = time.group(2).replaceFirst("^0+(?=.)", "");
    long value = digits.length() > MAX_DIGITS ? Long.MAX_VALUE / 2 : Long.parseLong(digits);
    String fraction = time.group(3);
    boolean down = negative && fraction != null && fraction.chars().anyMatch(c -> c != '0');
    return (negative ? -value : value) - (down ? 1 : 0);
  }

  private static String latin(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static TarException wrong(String what, byte[] text, int offset, int length) {
    byte[] shown = new byte[Math.min(length, 40)];
    System.arraycopy(text, offset, shown, 0, shown.length);
    return new TarException(
        "the archive is damaged: an entry's "
            + what
            + " is not a valid number: '"
            + PrintableText.of(shown)
            + "'");
  }
}
