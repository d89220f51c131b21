/** Differences between two flists, as responses of the REST API. */
package tf.grid.hub.catalogue.comparison;
