package tf.grid.hub.catalogue.digest;

/**
 * The digest of a version of a file.
 *
 * @param identity the version
 * @param md5 32 hexadecimal digits
 */
public record Fingerprint(ContentVersion identity, String md5) {}
