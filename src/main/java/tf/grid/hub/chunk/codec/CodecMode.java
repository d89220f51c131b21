package tf.grid.hub.chunk.codec;

/** Which implementation computes hashes and ciphers. */
public enum CodecMode {
  /** Several chunks at once if the JVM and the processor can do that faster, otherwise scalar. */
  AUTO,
  /** One chunk after the other. */
  SCALAR,
  /** Several chunks at once; the start fails if that is impossible. */
  VECTOR
}
