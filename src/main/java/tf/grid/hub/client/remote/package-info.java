/** Requests to a hub, and what the client remembers of hubs. */
package tf.grid.hub.client.remote;
