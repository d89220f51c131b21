package tf.grid.hub.image.manifest;

import tf.grid.hub.image.reference.Digest;

/**
 * Points at the archive of a layer.
 *
 * @param mediaType as in the manifest
 * @param compression how it is packed
 * @param digest of the archive as it is packed
 * @param size its length in bytes as it is packed, not negative
 * @param foreign whether the registry may leave it to other places, which the hub never asks
 */
public record LayerDescriptor(
    String mediaType, LayerCompression compression, Digest digest, long size, boolean foreign) {}
