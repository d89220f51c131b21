package tf.grid.hub.chunk;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tf.grid.hub.chunk.kernel.Xxtea;

/**
 * XXTEA over 1 MiB, so the score is MiB a second. In the package of the cipher, which shows it to
 * nobody else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CipherBenchmark {
  private final ChunkKey key = new ChunkKey(0x0123456789abcdefL, 0xfedcba9876543210L);
  private final byte[] data = new byte[1 << 20];

  /** On the way into a store. */
  @Benchmark
  public byte[] encrypt() {
    Xxtea.encrypt(data, 0, data.length, key);
    return data;
  }

  /** On the way out. */
  @Benchmark
  public byte[] decrypt() {
    Xxtea.decrypt(data, 0, data.length, key);
    return data;
  }
}
