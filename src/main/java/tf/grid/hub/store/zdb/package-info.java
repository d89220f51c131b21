/** Stores chunks in a 0-db server, or behind the gateway of another hub. */
package tf.grid.hub.store.zdb;
