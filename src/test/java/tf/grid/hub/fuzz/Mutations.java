package tf.grid.hub.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Mutations of valid input, the same in every run: a small substitute for a fuzzer in each build.
 */
public final class Mutations {
  private static final byte[] EDGES = {0, 1, ' ', '0', '9', '/', '.', '=', '\n', 0x7F, -128, -1};
  private static final int MOST_AT_ONCE = 4;
  private static final int SHOWN = 4096;

  private Mutations() {}

  /** Reads input; throws only what no input may cause. */
  @FunctionalInterface
  public interface Reading {
    void of(byte[] input) throws Exception;
  }

  /**
   * Reads the seeds and mutations of them.
   *
   * @param each number of mutations per seed
   */
  public static void read(List<byte[]> seeds, int each, Reading reading) {
    Random random = new Random(20_260_101);
    for (byte[] seed : seeds) {
      read(seed, reading);
      for (int i = 0; i < each; i++) {
        byte[] input = seed.clone();
        for (int many = random.nextInt(MOST_AT_ONCE); many >= 0; many--) {
          input = mutated(input, seeds, random);
        }
        read(input, reading);
      }
    }
  }

  private static void read(byte[] input, Reading reading) {
    try {
      reading.of(input);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      String hex = HexFormat.of().formatHex(input, 0, Math.min(SHOWN, input.length));
      throw new AssertionError(e + " for the input " + hex, e);
    }
  }

  private static byte[] mutated(byte[] input, List<byte[]> seeds, Random random) {
    if (input.length == 0) {
      return new byte[] {EDGES[random.nextInt(EDGES.length)]};
    }
    int from = random.nextInt(input.length);
    int to = from + random.nextInt(Math.min(64, input.length - from)) + 1;
    byte[] changed = input.clone();
    switch (random.nextInt(7)) {
      case 0 -> changed[from] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[from] = EDGES[random.nextInt(EDGES.length)];
      case 2 -> Arrays.fill(changed, from, to, EDGES[random.nextInt(EDGES.length)]);
      case 3 -> changed = Arrays.copyOf(input, from);
      case 4 -> changed = joined(input, 0, from, input, to, input.length);
      case 5 -> changed = joined(input, 0, to, input, from, input.length);
      default -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        changed = joined(input, 0, from, other, Math.min(from, other.length), other.length);
      }
    }
    return changed;
  }

  private static byte[] joined(byte[] a, int from, int to, byte[] b, int start, int end) {
    byte[] all = Arrays.copyOf(Arrays.copyOfRange(a, from, to), to - from + end - start);
    System.arraycopy(b, start, all, to - from, end - start);
    return all;
  }
}
