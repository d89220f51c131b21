/** Keeps who is signed in with a browser. */
package tf.grid.hub.account.session;
