/** Typed settings, read once and validated before the hub starts. */
package tf.grid.hub.wiring.config;
