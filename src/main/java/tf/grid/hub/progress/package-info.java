/** Progress: what long work reports while it runs. */
package tf.grid.hub.progress;
