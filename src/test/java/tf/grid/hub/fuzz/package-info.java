/** Mutated input for everything that reads bytes of clients. */
package tf.grid.hub.fuzz;
