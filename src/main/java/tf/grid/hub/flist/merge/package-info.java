/** Merges several flists into one. */
package tf.grid.hub.flist.merge;
