package tf.grid.hub.image.archive;

import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.config.ImageConfigReader;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/**
 * One of the images that an archive has. There may be many, so it is small: what is large is read
 * again for the one that is chosen.
 *
 * @param configuration how to run it
 * @param id digest of the configuration; none where this names no digests of layers, as before
 *     Docker 1.10
 * @param manifest digest of its manifest, if it has one
 * @param reference the name it was saved under, if the archive says so
 * @param layers where its layers are
 */
record ImageCandidate(
    ArchivedConfigs.Configuration configuration,
    Optional<Digest> id,
    Optional<Digest> manifest,
    Optional<String> reference,
    Layers layers) {

  /** Tells where layers are. */
  interface Layers {
    /** Paths in the archive, the lowest first. */
    List<String> paths() throws PullException, ArchiveException;
  }

  Platform platform() {
    return configuration.platform();
  }

  ImageConfig config() throws PullException {
    return ImageConfigReader.read(configuration.file().json());
  }
}
