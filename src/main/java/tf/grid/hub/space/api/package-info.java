/** The collection in the REST API. */
package tf.grid.hub.space.api;
