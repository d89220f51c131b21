package tf.grid.hub.chunk.codec;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tf.grid.hub.bench.SampleBlock;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.kernel.ChunkKernels;
import tf.grid.hub.chunk.kernel.ScalarKernels;

/**
 * A unit of the pipeline, 4 MiB of plain bytes, with both implementations; the score is MiB of
 * plain bytes a second. A measurement fails if it allocates so much that vectors must have been
 * objects.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {
  private static final int MIB = 4;

  /**
   * What a pass may allocate for lists, ids and plain bytes. Vectors as objects are gigabytes: a
   * block of the hash alone is 1,500 of them.
   */
  private static final long MOST_BYTES = 24 << 20;

  /** Iterations of warm-up that may allocate more. */
  private static final int SETTLED = 4;

  private static final int SMALLEST = 100;

  /** How the pieces of a unit look. */
  public enum Pieces {
    /** Eight pieces of 512 KiB. */
    FULL,
    /** Pieces of 100 bytes to 64 KiB, more small ones than large ones, as in a root file system. */
    SMALL
  }

  /** Which kernels run. */
  public enum Kernels {
    SCALAR,
    VECTOR
  }

  @Param public SampleBlock content;
  @Param public Pieces pieces;
  @Param public Kernels kernels;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private BatchCodec codec;
  private List<ByteRange> plain;
  private List<Block> blocks;
  private List<ByteRange> stored;
  private byte[] out;
  private long passes;
  private long allocated;
  private int iterations;

  /** Makes the unit and what is stored of it. */
  @Setup
  public void fill() {
    ChunkKernels chosen =
        kernels == Kernels.VECTOR ? VectorLoader.load().get() : new ScalarKernels();
    codec = new BatchCodec(() -> chosen);
    plain = cut(unit());
    out = new byte[plain.stream().mapToInt(p -> ChunkCodec.maxStoredLength(p.length())).sum()];
    List<ChunkKey> keys = codec.keysOf(plain);
    stored = codec.encode(plain, keys, out.clone(), 0);
    List<ChunkId> ids = codec.idsOf(stored);
    blocks = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      blocks.add(new Block(ids.get(i), keys.get(i)));
    }
  }

  private byte[] unit() {
    byte[] sample = content.bytes();
    byte[] unit = new byte[MIB << 20];
    for (int at = 0; at < unit.length; at += sample.length) {
      System.arraycopy(sample, 0, unit, at, sample.length);
      unit[at]++;
    }
    return unit;
  }

  private List<ByteRange> cut(byte[] unit) {
    Random random = new Random(1);
    List<ByteRange> ranges = new ArrayList<>();
    for (int at = 0; at < unit.length; ) {
      int length =
          pieces == Pieces.FULL
              ? ChunkCodec.MAX_PLAIN
              : SMALLEST + random.nextInt(1 << (7 + random.nextInt(10)));
      length = Math.min(length, unit.length - at);
      ranges.add(new ByteRange(unit, at, length));
      at += length;
    }
    return ranges;
  }

  /** Begins to count what is allocated. */
  @Setup(Level.Iteration)
  public void begin() {
    passes = 0;
    allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** Fails if vectors were allocated. */
  @TearDown(Level.Iteration)
  public void end() {
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
    iterations++;
    if (iterations > SETTLED && passes > 0 && bytes / passes > MOST_BYTES) {
      throw new IllegalStateException(
          "vectors are objects: " + bytes / passes + " bytes allocated for each unit");
    }
  }

  /** The keys alone, which is all that chunks cost that were stored before. */
  @Benchmark
  @OperationsPerInvocation(MIB)
  public Object keys() {
    passes++;
    return codec.keysOf(plain);
  }

  /** Keys, compression, encryption, ids. */
  @Benchmark
  @OperationsPerInvocation(MIB)
  public Object encode() {
    passes++;
    List<ChunkKey> keys = codec.keysOf(plain);
    return codec.idsOf(codec.encode(plain, keys, out, 0));
  }

  /** The reverse, with both checks, and a copy of the stored bytes, which are overwritten. */
  @Benchmark
  @OperationsPerInvocation(MIB)
  public Object decode() {
    passes++;
    List<byte[]> copies = new ArrayList<>(stored.size());
    for (ByteRange chunk : stored) {
      copies.add(
          Arrays.copyOfRange(chunk.array(), chunk.offset(), chunk.offset() + chunk.length()));
    }
    return codec.decode(blocks, copies);
  }
}
