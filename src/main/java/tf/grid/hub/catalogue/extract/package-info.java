/** Files out of flists, sent as they are. */
package tf.grid.hub.catalogue.extract;
