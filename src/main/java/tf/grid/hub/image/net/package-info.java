/**
 * HTTP to user-supplied addresses: checked before each connection, redirects followed only after a
 * check.
 */
package tf.grid.hub.image.net;
