/** Settings of the catalogue. */
package tf.grid.hub.wiring.config.catalogue;
