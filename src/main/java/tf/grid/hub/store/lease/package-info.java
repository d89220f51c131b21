/**
 * Which chunks are in use by work that is not published yet, so that no collection deletes them.
 */
package tf.grid.hub.store.lease;
