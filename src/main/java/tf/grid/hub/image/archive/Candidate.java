package tf.grid.hub.image.archive;

import java.util.List;
import java.util.Optional;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.reference.Digest;

/**
 * One of the images that an archive has.
 *
 * @param config how to run it
 * @param id digest of the configuration
 * @param manifest digest of its manifest, if it has one
 * @param reference the name it was saved under, if the archive says so
 * @param layers paths of its layers in the archive, the lowest first
 */
record Candidate(
    ImageConfig config,
    Digest id,
    Optional<Digest> manifest,
    Optional<String> reference,
    List<String> layers) {}
