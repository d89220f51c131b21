/** What operators configure, read once and checked before anything starts. */
package tf.grid.hub.wiring.config;
