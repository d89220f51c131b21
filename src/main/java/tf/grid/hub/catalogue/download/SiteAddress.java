package tf.grid.hub.catalogue.download;

import java.net.URI;
import tf.grid.hub.catalogue.Backend;

/**
 * Where users find things, for the short descriptions of flists.
 *
 * @param publicUrl the hub, without a slash at the end
 * @param backend the chunks
 */
public record SiteAddress(URI publicUrl, Backend backend) {}
