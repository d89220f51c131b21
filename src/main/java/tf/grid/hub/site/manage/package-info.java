/** Pages on which owners rename, delete, link, copy and tag. */
package tf.grid.hub.site.manage;
