/** Listings of the catalogue, as prepared responses. */
package tf.grid.hub.catalogue.listing;
