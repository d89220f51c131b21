/** Sign-in: what all methods share, and browser sessions. */
package tf.grid.hub.account.login;
