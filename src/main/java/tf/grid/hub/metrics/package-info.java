/** Counts and measures for Prometheus. */
package tf.grid.hub.metrics;
