/** Contents and metadata of flists, as responses of the REST API. */
package tf.grid.hub.catalogue.contents;
