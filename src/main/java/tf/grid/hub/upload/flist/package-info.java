/** Publishes flists that were created elsewhere. */
package tf.grid.hub.upload.flist;
