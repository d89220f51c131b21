package tf.grid.hub.catalogue.digest;

/**
 * The digest of one state of a file.
 *
 * @param identity the state
 * @param md5 32 hexadecimal digits
 */
public record Fingerprint(FileIdentity identity, String md5) {}
