/**
 * Which chunks are in use by work that is not published yet, so that no collection deletes them,
 * and what a store was seen to have.
 */
package tf.grid.hub.store.lease;
