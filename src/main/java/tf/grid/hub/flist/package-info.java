/** Flists: the tree they describe, and how it is read from and written to their files. */
package tf.grid.hub.flist;
