package tf.grid.hub.build.layer;

/** What names that begin with {@code .wh.} mean. */
public enum Whiteouts {
  /**
   * That something below is gone, as the <a
   * href="https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md#whiteouts">OCI image
   * specification</a> has it.
   */
  MEANT,
  /** Nothing: the archive is a whole file system. */
  NONE
}
