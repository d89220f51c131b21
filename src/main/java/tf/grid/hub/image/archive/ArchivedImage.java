package tf.grid.hub.image.archive;

import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.reference.Digest;

/**
 * The image that was found in an archive.
 *
 * @param config how to run it
 * @param id digest of the configuration, which engines call the image's id; none before Docker 1.10
 * @param manifest digest of its manifest, if the archive has one
 * @param reference the name it was saved under, if the archive says so
 * @param layers the lowest first; their content is stored
 */
public record ArchivedImage(
    ImageConfig config,
    Optional<Digest> id,
    Optional<Digest> manifest,
    Optional<String> reference,
    List<Layer> layers) {}
