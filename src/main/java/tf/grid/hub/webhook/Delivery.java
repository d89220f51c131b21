package tf.grid.hub.webhook;

import java.nio.file.Path;

/**
 * An event that waits to be delivered to one receiver.
 *
 * @param event its description
 * @param file has the body of the request
 */
record Delivery(CloudEvent event, Path file) {}
