/** Signing in to a running hub as a browser does, with stand-ins for the other sides. */
package tf.grid.hub.it.signin;
