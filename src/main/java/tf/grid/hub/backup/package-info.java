/** Makes copies of the whole hub while it is in use. */
package tf.grid.hub.backup;
