package tf.grid.hub.image.manifest;

import tf.grid.hub.image.reference.Digest;

/**
 * A reference to content.
 *
 * @param mediaType its type; empty if unknown
 * @param digest its digest
 * @param size in bytes, not negative
 */
public record Descriptor(String mediaType, Digest digest, long size) {}
