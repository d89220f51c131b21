package tf.grid.hub.chunk.codec;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tf.grid.hub.chunk.kernel.ChunkKernels;
import tf.grid.hub.chunk.kernel.ScalarKernels;
import tf.grid.hub.chunk.kernel.VectorsUnavailableException;

/**
 * Creates codecs, all with the same implementation. They begin with the scalar one, and switch when
 * another has been prepared. Thread-safe.
 */
public final class Codecs implements AutoCloseable {
  private static final String ONE = "chunks are encoded one at a time: ";
  private static final String SEVERAL = "chunks are encoded several at a time: ";

  /** Usually it takes a few seconds. */
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);

  private volatile Supplier<ChunkKernels> chosen = ScalarKernels::new;
  private volatile Thread preparation;

  /** Returns a codec for one thread. */
  public BatchCodec newCodec() {
    return new BatchCodec(new Current());
  }

  /**
   * Chooses the implementation for this machine. Preparing the vector one takes seconds, in another
   * thread. Call it once.
   *
   * @param threads creates that thread
   * @param log receives one line when it is known which implementation is used, and why
   * @throws VectorsUnavailableException if {@link CodecMode#VECTOR} is impossible
   */
  public void prepare(CodecMode mode, ThreadFactory threads, Consumer<String> log) {
    if (mode == CodecMode.SCALAR) {
      log.accept(ONE + "this implementation is configured");
      return;
    }
    Supplier<ChunkKernels> vectors;
    try {
      vectors = VectorLoader.load();
    } catch (VectorsUnavailableException e) {
      if (mode == CodecMode.VECTOR) {
        throw e;
      }
      log.accept(ONE + e.getMessage());
      return;
    }
    preparation = threads.newThread(() -> warmUp(vectors, mode, log));
    preparation.start();
  }

  private void warmUp(Supplier<ChunkKernels> vectors, CodecMode mode, Consumer<String> log) {
    boolean mustWin = mode == CodecMode.AUTO;
    try {
      Optional<String> obstacle = new KernelWarmUp(vectors.get(), mustWin, LONGEST_WARM_UP).run();
      if (obstacle.isEmpty()) {
        chosen = vectors;
      }
      log.accept(obstacle.map(ONE::concat).orElse(SEVERAL + vectors));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the preparation, if it has not ended. */
  @Override
  public void close() {
    Thread running = preparation;
    if (running != null) {
      running.interrupt();
    }
  }

  /** The kernels of one codec. */
  private final class Current implements Supplier<ChunkKernels> {
    private Supplier<ChunkKernels> maker;
    private ChunkKernels kernels;

    @Override
    public ChunkKernels get() {
      Supplier<ChunkKernels> wanted = chosen;
      if (wanted != maker) {
        kernels = wanted.get();
        maker = wanted;
      }
      return kernels;
    }
  }
}
