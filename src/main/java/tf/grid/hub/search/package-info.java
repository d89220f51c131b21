/** Finds flists by the paths of their entries. */
package tf.grid.hub.search;
