/** One flist made of several. */
package tf.grid.hub.flist.merge;
