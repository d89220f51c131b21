/** Finds repositories, flists and tags by name. */
package tf.grid.hub.search.name;
