/** Restores flists to local directories. */
package tf.grid.hub.client.pull;
