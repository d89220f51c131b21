/** Signing in: what every way to do so has in common, and the sessions of browsers. */
package tf.grid.hub.account.login;
