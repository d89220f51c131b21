/** The Atom feed of a repository's changes. */
package tf.grid.hub.catalogue.feed;
