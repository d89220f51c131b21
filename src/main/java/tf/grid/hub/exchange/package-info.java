/** Chunks over HTTP, for clients that cut files themselves. */
package tf.grid.hub.exchange;
