/** Reports the progress of long work. */
package tf.grid.hub.progress;
