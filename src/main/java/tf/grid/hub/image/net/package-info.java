/**
 * HTTP to addresses that strangers name: checked before each connection, redirects not followed.
 */
package tf.grid.hub.image.net;
