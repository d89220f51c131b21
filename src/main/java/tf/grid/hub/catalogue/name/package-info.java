/** Names of repositories, flists, tags and links, validated on construction. */
package tf.grid.hub.catalogue.name;
