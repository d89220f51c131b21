package tf.grid.hub.http.form;

import java.util.Arrays;

/**
 * Finds a form's delimiter (line break, two dashes, boundary) in a stretch of bytes, by Horspool's
 * algorithm: it looks at one byte in forty where others look at each, and every byte of every
 * upload passes here. Immutable.
 */
final class Delimiter {
  private final byte[] pattern;
  private final int[] shift = new int[256];

  Delimiter(byte[] pattern) {
    this.pattern = pattern.clone();
    Arrays.fill(shift, pattern.length);
    for (int i = 0; i < pattern.length - 1; i++) {
      shift[pattern[i] & 0xff] = pattern.length - 1 - i;
    }
  }

  int length() {
    return pattern.length;
  }

  /** Index of the first delimiter that lies wholly between the two indices, or -1. */
  int indexIn(byte[] bytes, int from, int to) {
    int last = pattern.length - 1;
    byte lastByte = pattern[last];
    int end = from + last;
    while (end < to) {
      byte current = bytes[end];
      if (current == lastByte && endsAt(bytes, end)) {
        return end - last;
      }
      end += shift[current & 0xff];
    }
    return -1;
  }

  private boolean endsAt(byte[] bytes, int end) {
    int start = end - pattern.length + 1;
    return Arrays.equals(bytes, start, end + 1, pattern, 0, pattern.length);
  }
}
