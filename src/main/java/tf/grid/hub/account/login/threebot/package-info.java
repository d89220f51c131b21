/** Signing in with ThreeFold Connect, an app that answers with signed and encrypted attempts. */
package tf.grid.hub.account.login.threebot;
