/** Access: who may do what, and read-only mode. */
package tf.grid.hub.access;
