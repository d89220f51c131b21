package tf.grid.hub.search.index;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * The distinct sequences of three characters in texts. A text can only contain another if it has
 * all its trigrams. Not thread-safe.
 */
final class Trigrams {
  static final int LENGTH = 3;

  private static final int BITS = Character.SIZE;
  private static final int SMALLEST = 1024;

  private long[] packed = new long[SMALLEST];
  private int size;
  private String previous = "";

  /** Adds the trigrams of a text, without those in a beginning that the previous text shares. */
  void add(String text) {
    int shared = Arrays.mismatch(previous.toCharArray(), text.toCharArray());
    int first = Math.max(0, (shared < 0 ? text.length() : shared) - LENGTH + 1);
    for (int i = first; i + LENGTH <= text.length(); i++) {
      add(pack(text.charAt(i), text.charAt(i + 1), text.charAt(i + 2)));
    }
    previous = text;
  }

  private void add(long trigram) {
    if (size == packed.length) {
      packed = LongStream.of(packed).distinct().toArray();
      size = packed.length;
      packed = Arrays.copyOf(packed, Math.max(SMALLEST, 2 * size));
    }
    packed[size++] = trigram;
  }

  /** The trigrams, each once. */
  Iterator<String> iterator() {
    LongFunction<String> text = Trigrams::unpack;
    return Arrays.stream(packed, 0, size).sorted().distinct().mapToObj(text).iterator();
  }

  private static long pack(char first, char second, char third) {
    return ((long) first << (2 * BITS)) | ((long) second << BITS) | third;
  }

  private static String unpack(long trigram) {
    return new String(
        new char[] {(char) (trigram >>> (2 * BITS)), (char) (trigram >>> BITS), (char) trigram});
  }
}
