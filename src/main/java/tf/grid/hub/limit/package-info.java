/** Bounds on how much happens at once and on how slowly a peer may send or read. */
package tf.grid.hub.limit;
