/**
 * What hubs with one catalogue and one chunk store agree on: who works, and which chunks may go.
 */
package tf.grid.hub.catalogue.shared;
