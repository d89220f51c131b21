/** What differs between two flists, as answers of the REST API. */
package tf.grid.hub.catalogue.comparison;
