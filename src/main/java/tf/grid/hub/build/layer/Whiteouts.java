package tf.grid.hub.build.layer;

/** How names that start with {@code .wh.} are interpreted. */
public enum Whiteouts {
  /**
   * As deletions of entries in lower layers, as in the <a
   * href="https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md#whiteouts">OCI image
   * specification</a>.
   */
  MEANT,
  /** As ordinary names: the archive is a complete file system. */
  NONE
}
