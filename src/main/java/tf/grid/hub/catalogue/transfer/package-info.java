/** Moves a catalogue from a directory into a database and back, with all times. */
package tf.grid.hub.catalogue.transfer;
