/**
 * The embedded chunk store: append-only pack files, which are authoritative, and an SQLite index,
 * which can be rebuilt from them.
 */
package tf.grid.hub.store.embedded;
