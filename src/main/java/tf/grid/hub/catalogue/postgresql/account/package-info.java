/** Keeps the tokens and signed-in users of all hubs in the database of the catalogue. */
package tf.grid.hub.catalogue.postgresql.account;
