/** Bounds on how much happens at once and how slowly a peer may be. */
package tf.grid.hub.limit;
