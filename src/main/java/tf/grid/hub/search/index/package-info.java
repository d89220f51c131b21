/** An index of paths on disk. */
package tf.grid.hub.search.index;
