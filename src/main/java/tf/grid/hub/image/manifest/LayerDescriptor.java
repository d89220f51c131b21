package tf.grid.hub.image.manifest;

import tf.grid.hub.image.reference.Digest;

/**
 * A reference to a layer.
 *
 * @param mediaType as in the manifest
 * @param compression of the archive
 * @param digest of the compressed archive
 * @param size of the compressed archive in bytes, not negative
 * @param foreign whether it may be stored outside of the registry; the hub never fetches it from
 *     there
 */
public record LayerDescriptor(
    String mediaType, LayerCompression compression, Digest digest, long size, boolean foreign) {}
