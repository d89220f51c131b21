/** What stores on other machines need: retries, listings in order, and detection of damage. */
package tf.grid.hub.store.remote;
