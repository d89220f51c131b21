package tf.grid.hub.chunk.codec;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import tf.grid.hub.chunk.kernel.ChunkKernels;
import tf.grid.hub.chunk.kernel.VectorsUnavailableException;

/**
 * Loads the vector implementation by name, because it uses an incubating module that only exists if
 * the JVM was started with it. The Vector API is fast only where the second compiler of HotSpot
 * knows it; anywhere else it is correct but hundreds of times slower.
 */
final class VectorLoader {
  private static final String KERNELS = "tf.grid.hub.chunk.vector.VectorKernelFactory";
  private static final String MODULE = "jdk.incubator.vector";

  /** Java versions with which this has been tested; the module may change in later ones. */
  private static final int OLDEST = 17;

  private static final int NEWEST = 25;

  /** Number of the second compiler's tier. */
  private static final String C2 = "4";

  private VectorLoader() {}

  /**
   * Returns a supplier of vector kernels.
   *
   * @throws VectorsUnavailableException if they cannot run here
   */
  static Supplier<ChunkKernels> load() {
    int version = Runtime.version().feature();
    if (version < OLDEST || version > NEWEST) {
      throw new VectorsUnavailableException(
          "vectors were tested with Java " + OLDEST + " to " + NEWEST + ", not " + version);
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      throw new VectorsUnavailableException(
          "for several at a time, start Java with --add-modules " + MODULE);
    }
    if (!hasSecondCompiler()) {
      throw new VectorsUnavailableException("vectors need the C2 compiler of HotSpot");
    }
    return instance();
  }

  private static boolean hasSecondCompiler() {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return jvm != null
          && is(jvm, "UseCompiler", "true")
          && is(jvm, "TieredStopAtLevel", C2)
          && !is(jvm, "UseJVMCICompiler", "true");
    } catch (LinkageError e) {
      return false;
    }
  }

  private static boolean is(HotSpotDiagnosticMXBean jvm, String option, String value) {
    try {
      return jvm.getVMOption(option).getValue().equals(value);
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  private static Supplier<ChunkKernels> instance() {
    try {
      Object factory = Class.forName(KERNELS).getDeclaredConstructor().newInstance();
      return new Named((Supplier<?>) factory);
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new VectorsUnavailableException("vectors cannot be used: " + cause.getMessage());
    }
  }

  /** Narrows the type of what the factory supplies. */
  private record Named(Supplier<?> factory) implements Supplier<ChunkKernels> {
    @Override
    public ChunkKernels get() {
      return (ChunkKernels) factory.get();
    }

    @Override
    public String toString() {
      return factory.toString();
    }
  }
}
