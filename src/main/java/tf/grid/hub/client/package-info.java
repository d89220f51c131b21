/** The command line client, {@code hub-client.jar}: it uses a hub over HTTP, like anyone else. */
package tf.grid.hub.client;
