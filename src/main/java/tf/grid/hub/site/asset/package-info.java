/** Serves style sheets and scripts under URLs that change with their content. */
package tf.grid.hub.site.asset;
