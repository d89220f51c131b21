/** The hash and the cipher of chunks, for one chunk or for several at once. */
package tf.grid.hub.chunk.kernel;
