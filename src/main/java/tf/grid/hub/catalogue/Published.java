package tf.grid.hub.catalogue;

import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * What was published.
 *
 * @param repository where
 * @param name under which name
 * @param size bytes of the file
 * @param md5 digest of the file, 32 hexadecimal digits
 */
public record Published(RepositoryName repository, FlistName name, long size, String md5) {}
