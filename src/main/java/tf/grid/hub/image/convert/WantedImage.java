package tf.grid.hub.image.convert;

import java.util.Optional;
import tf.grid.hub.image.pull.Credentials;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;

/**
 * An image that somebody asks for. Two that are equal may share one conversion, so who may see it
 * is a part of it.
 *
 * @param reference which image
 * @param platform for which platform
 * @param credentials for the registry; kept as long as the request
 */
public record WantedImage(
    ImageReference reference, Platform platform, Optional<Credentials> credentials) {}
