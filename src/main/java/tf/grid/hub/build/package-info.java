/** Builds the tree of a flist and stores its chunks in one pass over an archive. */
package tf.grid.hub.build;
