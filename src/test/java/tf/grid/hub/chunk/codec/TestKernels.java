package tf.grid.hub.chunk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import tf.grid.hub.chunk.kernel.ChunkKernels;
import tf.grid.hub.chunk.kernel.ScalarKernels;
import tf.grid.hub.chunk.kernel.VectorsUnavailableException;

/** The implementations that tests compare. */
public enum TestKernels {
  SCALAR,
  VECTOR;

  /**
   * Creates kernels. Only a processor with short vectors is a reason to skip the vector ones: the
   * build starts the JVM of the tests with the module.
   */
  public ChunkKernels create() {
    if (this == SCALAR) {
      return new ScalarKernels();
    }
    try {
      return VectorLoader.load().get();
    } catch (VectorsUnavailableException e) {
      assertThat(e).hasMessageContaining("of this processor");
      return abort(e.getMessage());
    }
  }
}
