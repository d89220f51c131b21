/** Keeps the jobs of all hubs in the database of the catalogue. */
package tf.grid.hub.catalogue.postgresql.job;
