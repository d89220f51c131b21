package tf.grid.hub.compression;

import java.io.IOException;

/** Memory of decompressors, which may be bounded for all of them together. Thread-safe. */
@FunctionalInterface
public interface DecompressorMemory {

  /** Without a bound, for programs that decompress one thing at a time. */
  DecompressorMemory UNBOUNDED = bytes -> () -> {};

  /**
   * Takes memory until the lease is closed.
   *
   * @throws CompressionException if it is more than there is
   * @throws RuntimeException that is a {@link tf.grid.hub.problem.Problem} if others use it now
   */
  Lease take(long bytes) throws IOException;

  /** Memory that is taken. */
  interface Lease extends AutoCloseable {
    /** Gives it back; idempotent. */
    @Override
    void close();
  }
}
