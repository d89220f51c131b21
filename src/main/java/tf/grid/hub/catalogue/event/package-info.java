/** What has changed in the catalogue, for others to react to. */
package tf.grid.hub.catalogue.event;
