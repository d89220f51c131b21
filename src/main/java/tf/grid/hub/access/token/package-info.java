/** Creates, lists and revokes tokens. */
package tf.grid.hub.access.token;
