package tf.grid.hub.mirror.copy;

import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.mirror.source.HubSource;

/**
 * Where copies come from.
 *
 * @param hub has listings, flists and perhaps chunks
 * @param backends decides which backends of flists may be connected to
 * @param trustsHost whether backends on the host of the hub may have any address
 */
public record CopySource(HubSource hub, AddressGuard backends, boolean trustsHost) {}
