/** Repositories, flists, links and tags on disk: listing, preview, download, publishing. */
package tf.grid.hub.catalogue;
