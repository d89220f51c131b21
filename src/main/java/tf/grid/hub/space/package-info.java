/** Collects unused chunks: finds them, deletes them, and gives their space back. */
package tf.grid.hub.space;
