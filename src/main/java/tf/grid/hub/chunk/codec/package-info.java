/** Encodes and decodes chunks, one by one or in batches. */
package tf.grid.hub.chunk.codec;
