/** What is in the catalogue, as lists that are ready to be sent. */
package tf.grid.hub.catalogue.listing;
