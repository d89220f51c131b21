/** Starts the hub, reports a failed start, and stops what was started. */
package tf.grid.hub.wiring.start;
