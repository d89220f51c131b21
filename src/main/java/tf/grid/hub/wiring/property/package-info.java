/** Reads properties as typed values, with one-line errors. */
package tf.grid.hub.wiring.property;
