/** Decides who may do what; read-only mode. */
package tf.grid.hub.access;
