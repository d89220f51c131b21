/** Flists that others made become flists of this hub. */
package tf.grid.hub.upload.flist;
