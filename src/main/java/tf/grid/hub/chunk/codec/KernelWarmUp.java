package tf.grid.hub.chunk.codec;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.kernel.ChunkKernels;
import tf.grid.hub.chunk.kernel.ScalarKernels;

/**
 * Runs vector kernels until the JVM has compiled them, and compares them with scalar ones: their
 * results, which must be equal, and their time. Until the second compiler is done, every vector is
 * an object on the heap, and a chunk takes a hundred times as long. For one thread.
 */
final class KernelWarmUp {
  /** Passes in a row in which vectors must be faster. */
  private static final int WINS = 20;

  private static final int MESSAGES = 64;
  private static final int LEAST_BITS = 5;
  private static final int BITS = 10;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Random random = new Random(1);
  private final ChunkKernels vectors;
  private final ChunkKernels scalar = new ScalarKernels();
  private final boolean mustWin;
  private final long mostNanos;

  /**
   * Takes kernels to compile.
   *
   * @param mustWin whether they are only used if they are faster than scalar ones
   * @param most processor time after which they are not expected to become faster
   */
  KernelWarmUp(ChunkKernels vectors, boolean mustWin, Duration most) {
    this.vectors = vectors;
    this.mustWin = mustWin;
    this.mostNanos = most.toNanos();
  }

  /** Returns empty when the kernels are ready for use, otherwise the reason against them. */
  Optional<String> run() throws InterruptedException {
    long started = threads.getCurrentThreadCpuTime();
    int wins = 0;
    while (wins < WINS) {
      Pass pass = new Pass(random);
      long ours = time(() -> pass.run(vectors, 0));
      long theirs = time(() -> pass.run(scalar, 1));
      if (!pass.isEqual()) {
        return Optional.of("vectors gave other results on this JVM");
      }
      wins = ours < theirs ? wins + 1 : 0;
      if (threads.getCurrentThreadCpuTime() - started > mostNanos) {
        return mustWin ? Optional.of("vectors are not faster here") : Optional.empty();
      }
      // Others need the processors more than this; Linux ignores priorities of threads.
      TimeUnit.NANOSECONDS.sleep(ours + theirs);
    }
    return Optional.empty();
  }

  private long time(Runnable work) {
    long started = threads.getCurrentThreadCpuTime();
    work.run();
    return threads.getCurrentThreadCpuTime() - started;
  }

  /** One set of messages of mixed lengths, for two kernels. */
  private static final class Pass {
    private final List<ChunkKey> keys = new ArrayList<>();
    private final byte[][][] messages = new byte[2][MESSAGES][];
    private final long[][] plainDigests = new long[2][2 * MESSAGES];
    private final long[][] digests = new long[2][2 * MESSAGES];
    private final byte[][] originals = new byte[MESSAGES][];

    Pass(Random random) {
      for (int i = 0; i < MESSAGES; i++) {
        int words = 2 + random.nextInt(1 << (LEAST_BITS + random.nextInt(BITS))) / Integer.BYTES;
        originals[i] = new byte[words * Integer.BYTES];
        random.nextBytes(originals[i]);
        messages[0][i] = originals[i].clone();
        messages[1][i] = originals[i].clone();
        keys.add(new ChunkKey(random.nextLong(), random.nextLong()));
      }
    }

    /** Hashes, encrypts, hashes again and decrypts. */
    void run(ChunkKernels kernels, int side) {
      List<ByteRange> blocks = Arrays.stream(messages[side]).map(ByteRange::of).toList();
      kernels.hash(blocks.stream().map(Pass::shortened).toList(), plainDigests[side]);
      kernels.encrypt(blocks, keys);
      kernels.hash(blocks, digests[side]);
      kernels.decrypt(blocks, keys);
    }

    /** Lengths that no block of the cipher has. */
    private static ByteRange shortened(ByteRange block) {
      return new ByteRange(block.array(), 1, block.length() - 1 - (block.array()[0] & 3));
    }

    boolean isEqual() {
      return Arrays.equals(plainDigests[0], plainDigests[1])
          && Arrays.equals(digests[0], digests[1])
          && Arrays.deepEquals(messages[0], originals);
    }
  }
}
