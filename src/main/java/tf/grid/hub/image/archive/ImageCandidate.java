package tf.grid.hub.image.archive;

import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.config.ImageConfigReader;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/**
 * One of the images in an archive. Only a little data is kept, because there may be many; large
 * documents are read again for the selected one.
 *
 * @param configuration configuration of the image
 * @param id digest of the configuration; empty if that contains no digests of layers, as before
 *     Docker 1.10
 * @param manifest digest of the manifest, if there is one
 * @param reference name of the image, if the archive contains it
 * @param layers finds its layers
 */
record ImageCandidate(
    ArchivedConfigs.Configuration configuration,
    Optional<Digest> id,
    Optional<Digest> manifest,
    Optional<String> reference,
    Layers layers) {

  /** Finds the layers of an image. */
  interface Layers {
    /** Paths in the archive, lowest first. */
    List<String> paths() throws PullException, ArchiveException;
  }

  Platform platform() {
    return configuration.platform();
  }

  ImageConfig config() throws PullException {
    return ImageConfigReader.read(configuration.file().json());
  }
}
