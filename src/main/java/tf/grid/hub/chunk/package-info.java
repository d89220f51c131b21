/** A chunk: its content, id, key and size. */
package tf.grid.hub.chunk;
