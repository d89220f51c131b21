/** Stores chunks: one class per backend and one decorator per concern. */
package tf.grid.hub.store;
