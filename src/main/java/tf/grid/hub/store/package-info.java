/** Chunk stores: where chunks are kept, one class per backend and one decorator per concern. */
package tf.grid.hub.store;
