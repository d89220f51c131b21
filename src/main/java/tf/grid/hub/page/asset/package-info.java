/** Style sheets, scripts and pictures of the site: packed once, kept by browsers for good. */
package tf.grid.hub.page.asset;
