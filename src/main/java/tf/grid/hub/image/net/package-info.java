/** HTTP to user-supplied addresses, which are checked before each connection. */
package tf.grid.hub.image.net;
