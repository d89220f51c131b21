/** Checks that the store has the content of flists. */
package tf.grid.hub.space.check;
