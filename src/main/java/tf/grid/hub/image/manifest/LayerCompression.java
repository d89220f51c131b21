package tf.grid.hub.image.manifest;

import java.util.Map;
import java.util.Optional;

/** The compression of a layer. */
public enum LayerCompression {
  NONE,
  GZIP,
  ZSTD;

  private static final String DOCKER = "application/vnd.docker.image.rootfs.";
  private static final String OCI = "application/vnd.oci.image.layer.";

  private static final Map<String, LayerCompression> TYPES =
      Map.ofEntries(
          Map.entry(DOCKER + "diff.tar", NONE),
          Map.entry(DOCKER + "diff.tar.gzip", GZIP),
          Map.entry(DOCKER + "diff.tar.zstd", ZSTD),
          Map.entry(DOCKER + "foreign.diff.tar", NONE),
          Map.entry(DOCKER + "foreign.diff.tar.gzip", GZIP),
          Map.entry(DOCKER + "foreign.diff.tar.zstd", ZSTD),
          Map.entry(OCI + "v1.tar", NONE),
          Map.entry(OCI + "v1.tar+gzip", GZIP),
          Map.entry(OCI + "v1.tar+zstd", ZSTD),
          Map.entry(OCI + "nondistributable.v1.tar", NONE),
          Map.entry(OCI + "nondistributable.v1.tar+gzip", GZIP),
          Map.entry(OCI + "nondistributable.v1.tar+zstd", ZSTD));

  /** Returns the compression for a media type; empty if the type is unknown. */
  static Optional<LayerCompression> ofMediaType(String type) {
    return Optional.ofNullable(TYPES.get(type));
  }

  /** Whether layers of this type may be stored outside of registries. */
  static boolean isForeign(String type) {
    return type.startsWith(DOCKER + "foreign.") || type.startsWith(OCI + "nondistributable.");
  }
}
