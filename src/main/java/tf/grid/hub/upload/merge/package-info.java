/** Merges published flists into a new one. */
package tf.grid.hub.upload.merge;
