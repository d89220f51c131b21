/** The pages for signing in and out. */
package tf.grid.hub.access.view;
