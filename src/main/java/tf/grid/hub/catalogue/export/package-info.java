/** Sends flists as archives. */
package tf.grid.hub.catalogue.export;
