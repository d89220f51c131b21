/** What tells one flist from another. */
package tf.grid.hub.flist.diff;
