/**
 * The chunk store inside the hub: chunks in append-only pack files, which are the truth, and an
 * SQLite index over them, which can be made again from the packs.
 */
package tf.grid.hub.store.embedded;
