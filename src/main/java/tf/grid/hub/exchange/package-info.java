/** Transfers chunks over HTTP, for clients that split files themselves. */
package tf.grid.hub.exchange;
