/** Runs long work in the background, with progress, cancelling and exactly one end. */
package tf.grid.hub.job;
