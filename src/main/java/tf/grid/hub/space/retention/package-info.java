/** Deletes flists that retention rules do not keep. */
package tf.grid.hub.space.retention;
