/** Changes of names: delete, rename, promote, links, tags and links to tags. */
package tf.grid.hub.catalogue.change;
