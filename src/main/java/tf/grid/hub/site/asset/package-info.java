/** Style sheets and scripts, under addresses that change with their content. */
package tf.grid.hub.site.asset;
