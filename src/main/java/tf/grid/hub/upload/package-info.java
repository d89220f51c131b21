/** Publishes uploaded archives and flists. */
package tf.grid.hub.upload;
