/** Pieces of files become stored chunks: one pool of workers and memory for all uploads. */
package tf.grid.hub.build.chunking;
