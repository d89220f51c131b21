/** Keeps the catalogue in PostgreSQL, for several hubs at once. */
package tf.grid.hub.catalogue.postgresql;
