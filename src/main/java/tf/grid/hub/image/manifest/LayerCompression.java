package tf.grid.hub.image.manifest;

import java.util.Map;
import java.util.Optional;

/** How the archive of a layer is packed. */
public enum LayerCompression {
  /** A plain tar archive. */
  NONE,
  /** Gzip. */
  GZIP,
  /** Zstandard. */
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

  /** The packing that a layer's media type stands for; empty for types that are not known. */
  static Optional<LayerCompression> ofMediaType(String type) {
    return Optional.ofNullable(TYPES.get(type));
  }

  /** Whether layers of this type may be kept away from registries. */
  static boolean isForeign(String type) {
    return type.startsWith(DOCKER + "foreign.") || type.startsWith(OCI + "nondistributable.");
  }
}
