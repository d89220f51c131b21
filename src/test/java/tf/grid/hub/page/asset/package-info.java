/** Style sheets, scripts and pictures of the site. */
package tf.grid.hub.page.asset;
