package tf.grid.hub.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/** The implementations that tests compare. */
enum TestKernels {
  SCALAR,
  VECTOR;

  /**
   * Creates kernels. Only a processor with short vectors is a reason to skip the vector ones: the
   * build starts the JVM of the tests with the module.
   */
  ChunkKernels create() {
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
