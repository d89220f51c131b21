package tf.grid.hub.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;

/**
 * All that is done to a chunk of 512 KiB on its way into a store and out of it. An operation takes
 * two chunks, so the score is MiB of plain bytes a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkBenchmark {
  private static final int CHUNKS = 2;

  /** What is in the chunk. */
  @Param public SampleBlock content;

  private final ChunkCodec codec = new ChunkCodec();
  private final byte[] out = new byte[ChunkCodec.maxStoredLength(ChunkCodec.MAX_PLAIN)];
  private byte[] plain;
  private byte[] stored;
  private Block block;

  /** Makes the chunk and what is stored of it. */
  @Setup
  public void fill() {
    plain = content.bytes();
    ChunkKey key = codec.keyOf(plain, 0, plain.length);
    stored = Arrays.copyOf(out, codec.encode(plain, 0, plain.length, key, out, 0));
    block = new Block(codec.idOf(stored, 0, stored.length), key);
  }

  /** The key alone, which is all that a chunk costs that was stored before. */
  @Benchmark
  public void key(Blackhole hole) {
    for (int i = 0; i < CHUNKS; i++) {
      hole.consume(codec.keyOf(plain, 0, plain.length));
    }
  }

  /** Key, compression, encryption, id. */
  @Benchmark
  public void encode(Blackhole hole) {
    for (int i = 0; i < CHUNKS; i++) {
      ChunkKey key = codec.keyOf(plain, 0, plain.length);
      int length = codec.encode(plain, 0, plain.length, key, out, 0);
      hole.consume(codec.idOf(out, 0, length));
    }
  }

  /** The reverse, with both checks. */
  @Benchmark
  public void decode(Blackhole hole) throws ChunkDamagedException {
    for (int i = 0; i < CHUNKS; i++) {
      hole.consume(codec.decode(block, stored));
    }
  }
}
