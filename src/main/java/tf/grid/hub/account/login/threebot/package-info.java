/** Sign-in with ThreeFold Connect, an app that returns signed and encrypted responses. */
package tf.grid.hub.account.login.threebot;
