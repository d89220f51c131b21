package tf.grid.hub.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import tf.grid.hub.chunk.codec.ChunkCodec;

/** A chunk's worth of bytes, the same in every run. */
public enum SampleBlock {
  /** Words and numbers, as in sources and configuration: about half is left after compression. */
  COMPRESSIBLE,
  /** Pages of words and pages of noise in turn, as in programs. */
  MIXED,
  /** Noise, as in archives and pictures. */
  INCOMPRESSIBLE;

  private static final int PAGE = 4096;

  /** Returns a chunk of this content, in a new array. */
  public byte[] bytes() {
    Random random = new Random(1);
    byte[] bytes = new byte[ChunkCodec.MAX_PLAIN];
    random.nextBytes(bytes);
    if (this == INCOMPRESSIBLE) {
      return bytes;
    }
    byte[] words = words(random, bytes.length);
    int step = this == MIXED ? 2 * PAGE : PAGE;
    for (int at = 0; at < bytes.length; at += step) {
      System.arraycopy(words, at, bytes, at, PAGE);
    }
    return bytes;
  }

  private static byte[] words(Random random, int length) {
    String[] words = {"user", "home", "library", "share", "local", "version", "include", "system"};
    StringBuilder text = new StringBuilder(length + 20);
    while (text.length() < length) {
      text.append(words[random.nextInt(words.length)]);
      text.append(random.nextInt(4) == 0 ? Integer.toString(random.nextInt(100_000)) : "/");
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }
}
