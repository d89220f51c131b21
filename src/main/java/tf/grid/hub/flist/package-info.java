/** The content of flists, and how they are read, written, merged and compared. */
package tf.grid.hub.flist;
