/** Reads properties as values of a type, with one-line errors. */
package tf.grid.hub.wiring.property;
