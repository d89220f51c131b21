/** How much a repository may have, and how much it has. */
package tf.grid.hub.catalogue.quota;
