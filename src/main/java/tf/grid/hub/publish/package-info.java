/** Publishes flists: confirms chunks, writes the file, renames it into the catalogue. */
package tf.grid.hub.publish;
