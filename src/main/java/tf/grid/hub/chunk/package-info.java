/** Chunks: their names, and the codec that makes stored bytes of plain ones and back. */
package tf.grid.hub.chunk;
