/** Decides which health checks and metrics the hub has. */
package tf.grid.hub.wiring.monitor;
