/** Finding repositories, flists and tags by their names. */
package tf.grid.hub.catalogue.search;
