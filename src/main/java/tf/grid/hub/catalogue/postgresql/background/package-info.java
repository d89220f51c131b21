/** Lets the hubs that share a database collect unused chunks and do other work one at a time. */
package tf.grid.hub.catalogue.postgresql.background;
