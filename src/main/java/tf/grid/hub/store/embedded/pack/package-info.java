/** Pack files: append-only files of chunk records. */
package tf.grid.hub.store.embedded.pack;
