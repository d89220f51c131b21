/** Compares two flists. */
package tf.grid.hub.flist.diff;
