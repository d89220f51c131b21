/** A shortcut for API requests without a token, which skips the server's authentication. */
package tf.grid.hub.account.anonymous;
