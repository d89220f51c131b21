package tf.grid.hub.image.registry;

import tf.grid.hub.image.manifest.ImageManifest;
import tf.grid.hub.image.reference.Digest;

/**
 * One image of one platform.
 *
 * @param digest of its manifest
 * @param manifest says what belongs to it
 * @param config its configuration
 */
record FoundImage(Digest digest, ImageManifest manifest, ImageConfigFile config) {}
