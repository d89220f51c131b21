/** Produces the chunk store, and the services that work on it: collection, checks, gateway. */
package tf.grid.hub.wiring.producer.store;
