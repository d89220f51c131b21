/** Pages about repositories and tags, and the search page. */
package tf.grid.hub.site.catalogue;
