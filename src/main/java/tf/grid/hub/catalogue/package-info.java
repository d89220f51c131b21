/** Keeps repositories, flists, links and tags on disk. */
package tf.grid.hub.catalogue;
