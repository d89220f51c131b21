package tf.grid.hub.bench;

import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tf.grid.hub.chunk.kernel.Blake2b;

/** BLAKE2b over a whole chunk, and over a path: the hub's own beside BouncyCastle's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashBenchmark {
  private static final int DIGEST = 16;

  /** Bytes of input. */
  @Param({"40", "524288"})
  public int length;

  private byte[] input;

  /** Makes the input. */
  @Setup
  public void fill() {
    input = SampleBlock.INCOMPRESSIBLE.bytes();
  }

  /** The hub's own. */
  @Benchmark
  public byte[] hub() {
    return Blake2b.digest(DIGEST, input, 0, length);
  }

  /** BouncyCastle's. */
  @Benchmark
  public byte[] bouncyCastle() {
    Blake2bDigest hash = new Blake2bDigest(null, DIGEST, null, null);
    hash.update(input, 0, length);
    byte[] digest = new byte[DIGEST];
    hash.doFinal(digest, 0);
    return digest;
  }
}
