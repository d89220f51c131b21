/** Connections to the database, and transactions that change the catalogue. */
package tf.grid.hub.catalogue.postgresql.connection;
