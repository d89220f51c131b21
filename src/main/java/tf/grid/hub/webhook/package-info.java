/** Tells other programs of changes in the catalogue over HTTP. */
package tf.grid.hub.webhook;
