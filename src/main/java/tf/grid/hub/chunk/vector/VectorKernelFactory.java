package tf.grid.hub.chunk.vector;

import java.util.function.Supplier;
import tf.grid.hub.chunk.kernel.ChunkKernels;

/** Creates vector kernels. Thread-safe. */
public final class VectorKernelFactory implements Supplier<ChunkKernels> {
  private static final int LEAST_BITS = 256;

  /**
   * Examines the processor.
   *
   * @throws UnsupportedOperationException if its vectors are too short to be faster
   */
  public VectorKernelFactory() {
    if (Blake2bLanes.BITS < LEAST_BITS) {
      throw new UnsupportedOperationException(
          "the vectors of this processor have " + Blake2bLanes.BITS + " bits");
    }
  }

  @Override
  public ChunkKernels get() {
    return new VectorKernels();
  }

  /** Says how much is done at once. */
  @Override
  public String toString() {
    return Blake2bLanes.LANES + " hashes, " + XxteaLanes.LANES + " ciphers";
  }
}
