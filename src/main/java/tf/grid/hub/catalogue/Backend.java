package tf.grid.hub.catalogue;

/**
 * Where the chunks of this hub's flists are.
 *
 * @param host for clients
 * @param port of the 0-db protocol
 * @param namespace with the chunks
 */
public record Backend(String host, int port, String namespace) {}
