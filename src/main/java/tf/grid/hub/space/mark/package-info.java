/** Finds the chunks that flists refer to, with a bounded amount of memory. */
package tf.grid.hub.space.mark;
