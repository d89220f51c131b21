/** The catalogue in the REST API. */
package tf.grid.hub.catalogue.api;
