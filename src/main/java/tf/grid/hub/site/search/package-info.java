/** The search page. */
package tf.grid.hub.site.search;
