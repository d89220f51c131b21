/** Jobs: long work that people watch, with its progress, its cancelling and its one ending. */
package tf.grid.hub.job;
