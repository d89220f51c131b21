/** The page that merges flists. */
package tf.grid.hub.site.merge;
