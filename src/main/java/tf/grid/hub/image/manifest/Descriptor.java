package tf.grid.hub.image.manifest;

import tf.grid.hub.image.reference.Digest;

/**
 * Points at a piece of content.
 *
 * @param mediaType what it is; empty where nothing says so
 * @param digest its name and check
 * @param size its length in bytes, not negative
 */
public record Descriptor(String mediaType, Digest digest, long size) {}
