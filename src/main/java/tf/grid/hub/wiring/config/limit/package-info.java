/** Settings that bound what is stored and what runs at once. */
package tf.grid.hub.wiring.config.limit;
