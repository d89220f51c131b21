/** The search of the API. */
package tf.grid.hub.search.api;
