package tf.grid.hub.catalogue.download;

import java.net.URI;
import tf.grid.hub.catalogue.Backend;

/**
 * Public addresses in descriptions of flists.
 *
 * @param publicUrl of the hub, without a trailing slash
 * @param backend of the chunks
 */
public record SiteAddress(URI publicUrl, Backend backend) {}
