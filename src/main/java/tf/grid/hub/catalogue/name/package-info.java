/** The names that users give to repositories, flists, tags and links: valid once made. */
package tf.grid.hub.catalogue.name;
