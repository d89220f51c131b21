/** Computes chunk ids and keys, and encodes and decodes chunks. */
package tf.grid.hub.chunk;
