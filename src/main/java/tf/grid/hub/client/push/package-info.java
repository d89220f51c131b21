/** Builds flists from local directories and archives, and sends them to a hub. */
package tf.grid.hub.client.push;
