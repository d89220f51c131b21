package tf.grid.hub.build.tar;

import java.nio.charset.StandardCharsets;

/** Numbers as tar writes them: octal digits, GNU's base 256, and PAX's decimals. */
final class TarNumber {
  private static final int MAX_DIGITS = 18;

  private TarNumber() {}

  /** A header field; an empty one is 0. */
  static long field(byte[] block, int offset, int length, String what) throws TarException {
    return (block[offset] & 0x80) != 0
        ? binary(block, offset, length, what)
        : octal(block, offset, length, what);
  }

  private static long octal(byte[] block, int offset, int length, String what) throws TarException {
    int next = offset;
    int end = offset + length;
    while (next < end && (block[next] == ' ' || block[next] == 0)) {
      next++;
    }
    long value = 0;
    while (next < end && block[next] != ' ' && block[next] != 0) {
      int digit = block[next++] - '0';
      if (digit < 0 || digit > 7) {
        throw wrong(what);
      }
      value = value << 3 | digit;
    }
    return value;
  }

  /** Big-endian two's complement behind a marker bit: 0x80 starts positive, 0xFF negative ones. */
  private static long binary(byte[] block, int offset, int length, String what)
      throws TarException {
    int first = block[offset] & 0xFF;
    boolean negative = first == 0xFF;
    long value = negative ? -1 : first & 0x7F;
    for (int i = offset + 1; i < offset + length; i++) {
      boolean full = value >> 55 != (negative ? -1 : 0);
      if (full) {
        throw wrong(what);
      }
      value = (value << 8) | (block[i] & 0xFF);
    }
    return value;
  }

  /** A whole decimal number of a PAX record or a sparse map, not negative. */
  static long decimal(byte[] text, String what) throws TarException {
    return decimal(text, 0, text.length, what);
  }

  static long decimal(byte[] text, int from, int to, String what) throws TarException {
    if (from >= to || to - from > MAX_DIGITS) {
      throw wrong(what);
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        throw wrong(what);
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** A PAX time, such as {@code -1.5}, rounded down to whole seconds. */
  static long seconds(byte[] text) throws TarException {
    String time = new String(text, StandardCharsets.ISO_8859_1);
    int point = time.indexOf('.');
    String whole = point < 0 ? time : time.substring(0, point);
    String fraction = point < 0 ? "" : time.substring(point + 1);
    boolean negative = whole.startsWith("-");
    byte[] digits = whole.substring(negative ? 1 : 0).getBytes(StandardCharsets.ISO_8859_1);
    long value = decimal(digits, "time");
    if (!fraction.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw wrong("time");
    }
    boolean down = negative && fraction.chars().anyMatch(c -> c != '0');
    return (negative ? -value : value) - (down ? 1 : 0);
  }

  private static TarException wrong(String what) {
    return new TarException(
        "the archive is damaged: an entry's " + what + " is not a valid number");
  }
}
