/**
 * Reads and writes the rows of the catalogue with the times and digests that they have elsewhere.
 */
package tf.grid.hub.catalogue.postgresql.transfer;
