/** The REST API of the catalogue. */
package tf.grid.hub.catalogue.api;
