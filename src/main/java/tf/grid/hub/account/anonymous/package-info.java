/** Spares requests that bring no token what the server does to look at one. */
package tf.grid.hub.account.anonymous;
