/** Writes flists as tar archives, with the content of their files from a chunk store. */
package tf.grid.hub.export;
