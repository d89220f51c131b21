/** The rules of the rooms, checked on the compiled classes. */
package tf.grid.hub.architecture;
